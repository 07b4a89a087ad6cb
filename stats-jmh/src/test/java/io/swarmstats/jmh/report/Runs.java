package io.swarmstats.jmh.report;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The folders of the test resources that contain the JSON of a run. */
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
