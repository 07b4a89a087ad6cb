package io.swarmstats.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/recipes.md shows is what is tested here. */
class RecipesPageTest {

  private static final Path SOURCES = Path.of("src/test/java/io/swarmstats/recipes");
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void blocks_ofThePage_standInATest() throws IOException {
    List<String> sources;
    try (Stream<Path> files = Files.list(SOURCES)) {
      sources =
          files.map(RecipesPageTest::read).map(RecipesPageTest::normalised).toList();
    }

    assertThat(JAVA_BLOCK.matcher(read(Path.of("../docs/recipes.md"))).results())
        .extracting(RecipesPageTest::code)
        .hasSizeGreaterThan(8)
        .allSatisfy(
            block -> assertThat(sources).anySatisfy(source -> assertThat(source).contains(block)));
  }

  private static String code(MatchResult block) {
    return normalised(block.group(1));
  }

  private static String normalised(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
