package io.swarmstats.jmh.report;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Writes pages in Markdown. */
final class Pages {

  private Pages() {}

  /** Writes a page from its parts (paragraphs, headings, tables), separated by empty lines. */
  static void write(Path page, String... parts) throws IOException {
    Files.createDirectories(page.toAbsolutePath().getParent());
    Files.writeString(page, Stream.of(parts).map(String::strip).collect(joining("\n\n")) + "\n");
  }

  /** Returns the relative link from a page to a file. */
  static String link(Path page, Path file) {
    Path folder = page.toAbsolutePath().resolveSibling("");
    return folder.relativize(file.toAbsolutePath()).toString().replace('\\', '/');
  }

  /** Escapes a text for a cell of a table. */
  static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
