package io.swarmstats.examples.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the repository. */
final class Repository {

  /**
   * The root of the repository. Maven runs the tests of this module in the folder of the module.
   */
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private Repository() {}

  /** Returns the files below a folder by the end of their names, without build results. */
  static List<Path> files(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(end))
          .filter(file -> !name(folder, file).matches("(.*/)?(target|\\.git)/.*"))
          .sorted()
          .toList();
    }
  }

  /** Returns the path of a file from a folder, with slashes. */
  static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }
}
