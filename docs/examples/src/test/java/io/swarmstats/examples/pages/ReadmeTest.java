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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of the README compiles as it stands there, and runs; the coordinates name this
 * version.
 */
class ReadmeTest {

  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void example_compiledAndRun_printsItsSnapshot(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("Example.java");
    Files.writeString(source, example());

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
    assertThat(run(folder)).contains("1 client, 1000000 bytes, errors {404=1}");
  }

  @Test
  void coordinates_versionIsThatOfThePom() throws IOException {
    assertThat(versionAfter("stats-core", "README.md"))
        .isEqualTo(versionAfter("swarmstats", "pom.xml"));
  }

  private static String versionAfter(String artifactId, String file) throws IOException {
    Matcher version = Pattern.compile(
            "<artifactId>" + artifactId + "</artifactId>\\s*<version>([^<]*)</version>")
        .matcher(Files.readString(Path.of("../..", file)));
    assertThat(version.find()).as(file + " has coordinates of " + artifactId).isTrue();
    return version.group(1);
  }

  private static String example() throws IOException {
    Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("../..", "README.md")));
    assertThat(block.find()).as("README.md has a java block").isTrue();
    return block.group(1);
  }

  private static Path libraryClasses() throws URISyntaxException {
    return Path.of(StatsAggregator.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .toURI());
  }

  private static String run(Path classes) throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(
        new URL[] {classes.toUri().toURL()}, StatsAggregator.class.getClassLoader())) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object)
          new String[0]);
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
