package io.swarmstats.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every Java block of {@code docs/recipes.md} is part of the tested source that the page links
 * above the block.
 */
class RecipesPageTest {

  private static final Path PAGE = Path.of("../recipes.md");
  private static final Pattern LINK_OR_BLOCK =
      Pattern.compile("]\\((?<file>[^)]*\\.java)\\)|```java\n(?<code>.*?)```", Pattern.DOTALL);

  private record Block(Path source, String code) {}

  @Test
  void blocks_eachLine_standsInTheLinkedSourceInThisOrder() throws IOException {
    List<Block> blocks = blocks(Files.readString(PAGE));

    assertThat(blocks)
        .hasSizeGreaterThan(6)
        .allSatisfy(block -> assertThat(missing(block.code(), Files.readString(block.source())))
            .as(block.toString())
            .isEmpty());
  }

  @Test
  void missing_lineThatTheSourceDoesNotHave_isFound() {
    assertThat(missing("int a;\nint b;\n", "{\n  int a;\n  int x;\n  int b;\n}\n"))
        .isEmpty();
    assertThat(missing("int a;\nint c;\n", "{\n  int a;\n  int b;\n}\n")).containsExactly("int c;");
    assertThat(missing("int b;\nint a;\n", "{\n  int a;\n  int b;\n}\n")).containsExactly("int a;");
  }

  private static List<Block> blocks(String page) {
    List<Block> blocks = new ArrayList<>();
    Path source = null;
    for (Matcher found = LINK_OR_BLOCK.matcher(page); found.find(); ) {
      if (found.group("file") != null) {
        source = PAGE.resolveSibling(found.group("file"));
      } else {
        assertThat(source).as("a link to the source above the first block").isNotNull();
        blocks.add(new Block(source, found.group("code")));
      }
    }
    return blocks;
  }

  /** Returns the lines of the code that the source does not contain in the same order. */
  private static List<String> missing(String code, String source) {
    List<String> missing = new ArrayList<>();
    Iterator<String> rest = source.lines().map(String::strip).iterator();
    for (String line : code.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      boolean found = false;
      while (!found && rest.hasNext()) {
        found = rest.next().equals(line);
      }
      if (!found) {
        missing.add(line);
      }
    }
    return missing;
  }
}
