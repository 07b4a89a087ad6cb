package io.swarmstats.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The README is right: its Java compiles and runs, its coordinates name the current version, and
 * its first command starts a class that exists.
 */
class ReadmeTest {

  private static final Pattern CLASS = Pattern.compile("\\bclass (\\w+)");
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\./mvnw .*$");
  private static final Pattern MAIN_CLASS = Pattern.compile("<mainClass>([\\w.]+)</mainClass>");

  /** Returns the Java blocks that declare a class. */
  static List<Program> programs() throws IOException {
    List<Program> programs = new ArrayList<>();
    for (String block : Program.blocks(read("README.md"))) {
      Matcher name = CLASS.matcher(block);
      if (name.find()) {
        programs.add(new Program(name.group(1), block));
      }
    }
    return programs;
  }

  @ParameterizedTest
  @MethodSource("programs")
  void program_compiledAndRun_printsSomething(Program program, @TempDir Path folder)
      throws Exception {
    assertThat(program.compile(folder)).isEmpty();
    assertThat(program.run(folder)).isNotBlank();
  }

  @Test
  void example_run_printsItsSnapshot(@TempDir Path folder) throws Exception {
    Program example = programs().get(0);

    assertThat(example.compile(folder)).isEmpty();
    assertThat(example.run(folder)).contains("1 client, 900000 bytes, errors {404=1}");
  }

  @Test
  void coordinates_versionIsThatOfThePom() throws IOException {
    assertThat(versionAfter("stats-core", "README.md"))
        .isEqualTo(versionAfter("swarmstats", "pom.xml"));
  }

  @Test
  void firstCommand_startsAMainClassOfDocsExamples() throws IOException {
    String command = first(COMMAND, read("README.md")).group();
    assertThat(command).contains(" -pl docs/examples ", " exec:java");

    String mainClass = first(MAIN_CLASS, read("docs/examples/pom.xml")).group(1);
    String source = read("docs/examples/src/main/java/" + mainClass.replace('.', '/') + ".java");
    assertThat(source).contains("public static void main(String[] args)");

    // with -am, the goal also reaches the root module, where Maven demands the parameter too
    first(MAIN_CLASS, read("pom.xml"));
  }

  private static String versionAfter(String artifactId, String file) throws IOException {
    Pattern version = Pattern.compile(
        "<artifactId>" + artifactId + "</artifactId>\\s*<version>([^<]*)</version>");
    return first(version, read(file)).group(1);
  }

  private static Matcher first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as("the text contains %s", pattern).isTrue();
    return found;
  }

  private static String read(String file) throws IOException {
    return Files.readString(Repository.ROOT.resolve(file));
  }
}
