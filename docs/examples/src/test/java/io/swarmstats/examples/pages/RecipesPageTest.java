package io.swarmstats.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every Java block of {@code docs/recipes.md} is a few contiguous lines of the tested source that
 * the page links above the block. A line {@code // ...} marks an omission.
 */
class RecipesPageTest {

  private static final Path PAGE = Path.of("../recipes.md");
  private static final Pattern LINK_OR_BLOCK =
      Pattern.compile("]\\((?<file>[^)]*\\.java)\\)|```java\n(?<code>.*?)```", Pattern.DOTALL);

  private static final Pattern OMISSION = Pattern.compile("(?m)^ *// \\.\\.\\.$");
  private static final int MOST_LINES = 8;
  private static final String SOURCE = "{\n  int a;\n  int b;\n\n  int c;\n  int d;\n}\n";

  private record Block(Path source, String code) {}

  @Test
  void blocks_areContiguousLinesOfTheLinkedSource() throws IOException {
    List<Block> blocks = blocks(Files.readString(PAGE));

    assertThat(blocks).hasSizeGreaterThan(6).allSatisfy(block -> {
      assertThat(missing(block.code(), Files.readString(block.source())))
          .as(block.toString())
          .isEmpty();
      assertThat(lines(block.code())).as(block.toString()).hasSizeLessThanOrEqualTo(MOST_LINES);
    });
  }

  @Test
  void missing_contiguousLines_areNotFound() {
    assertThat(missing("int b;\n\nint c;\n", SOURCE)).isEmpty();
    assertThat(missing("int a;\n// ...\nint c;\nint d;\n", SOURCE)).isEmpty();
  }

  @Test
  void missing_otherLines_areFound() {
    assertThat(missing("int a;\nint x;\n", SOURCE)).containsExactly("int a;\nint x;");
    assertThat(missing("int a;\nint c;\n", SOURCE)).containsExactly("int a;\nint c;");
    assertThat(missing("int b;\nint a;\n", SOURCE)).containsExactly("int b;\nint a;");
    assertThat(missing("int c;\n// ...\nint a;\n", SOURCE)).containsExactly("int a;");
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

  /**
   * Returns the parts of the code that are not contiguous in the source, or not in the same order.
   * A line {@code // ...} separates two parts. Indentation and empty lines do not count.
   */
  private static List<String> missing(String code, String source) {
    List<String> missing = new ArrayList<>();
    List<String> rest = lines(source);
    for (String part : OMISSION.split(code, -1)) {
      List<String> lines = lines(part);
      int place = Collections.indexOfSubList(rest, lines);
      if (place < 0) {
        missing.add(String.join("\n", lines));
      } else {
        rest = rest.subList(place + lines.size(), rest.size());
      }
    }
    return missing;
  }

  private static List<String> lines(String code) {
    return code.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
