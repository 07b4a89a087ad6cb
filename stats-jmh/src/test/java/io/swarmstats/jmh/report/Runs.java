package io.swarmstats.jmh.report;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The runs among the test resources, in the form in which JMH writes them. */
final class Runs {

  static final Path HOLDS = folder("holds");
  static final Path MISSES = folder("misses");

  private Runs() {}

  private static Path folder(String name) {
    try {
      return Path.of(Objects.requireNonNull(Runs.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
