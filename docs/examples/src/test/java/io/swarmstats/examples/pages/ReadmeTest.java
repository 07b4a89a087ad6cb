package io.swarmstats.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.StatsAggregator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The README is right: its Java compiles and runs, its coordinates name the current version, and
 * its first command starts a class that exists.
 */
class ReadmeTest {

  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("\\bclass (\\w+)");
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\./mvnw .*$");
  private static final Pattern MAIN_CLASS = Pattern.compile("<mainClass>([\\w.]+)</mainClass>");

  /** Returns the Java blocks that declare a class. */
  static List<String> programs() throws IOException {
    return JAVA_BLOCK
        .matcher(read("README.md"))
        .results()
        .map((MatchResult block) -> block.group(1))
        .filter(block -> CLASS.matcher(block).find())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void program_compiledAndRun_printsSomething(String program, @TempDir Path folder)
      throws Exception {
    assertThat(run(program, folder)).isNotBlank();
  }

  @Test
  void example_run_printsItsSnapshot(@TempDir Path folder) throws Exception {
    assertThat(run(programs().get(0), folder)).contains("1 client, 1000000 bytes, errors {404=1}");
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

  /** Compiles and runs a program, and returns what the program printed. */
  private static String run(String program, Path folder) throws Exception {
    String name = first(CLASS, program).group(1);
    Path source = folder.resolve(name + ".java");
    Files.writeString(source, program);
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int exitCode = compiler.run(
        null,
        null,
        errors,
        "-d",
        folder.toString(),
        "-cp",
        libraryClasses().toString(),
        source.toString());
    assertThat(exitCode).as(errors.toString(StandardCharsets.UTF_8)).isZero();

    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, StatsAggregator.class.getClassLoader())) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static Path libraryClasses() throws URISyntaxException {
    return Path.of(StatsAggregator.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .toURI());
  }
}
