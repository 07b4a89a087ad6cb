package io.swarmstats.examples.pages;

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
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * A Java program on a page.
 *
 * @param name the name of the class with the main method
 */
record Program(String name, String source) {

  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** Returns the Java blocks of a page. */
  static List<String> blocks(String page) {
    return JAVA_BLOCK
        .matcher(page)
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  /** Compiles the program against the library. Returns the errors, or an empty text. */
  String compile(Path folder) throws IOException, URISyntaxException {
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    Path library = Path.of(StatsAggregator.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .toURI());
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int exitCode = ToolProvider.getSystemJavaCompiler()
        .run(
            null,
            null,
            errors,
            "-d",
            folder.toString(),
            "-cp",
            library.toString(),
            file.toString());
    return exitCode == 0 ? "" : errors.toString(StandardCharsets.UTF_8);
  }

  /** Runs the compiled program, and returns what the program printed. */
  String run(Path folder) throws IOException, ReflectiveOperationException {
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
}
