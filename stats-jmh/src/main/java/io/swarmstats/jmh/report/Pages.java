package io.swarmstats.jmh.report;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Writes pages in Markdown. */
final class Pages {

  private Pages() {}

  /** Writes a page of paragraphs, headings and tables, with an empty line between two of them. */
  static void write(Path page, String... parts) throws IOException {
    Files.createDirectories(page.toAbsolutePath().getParent());
    Files.writeString(page, Stream.of(parts).map(String::strip).collect(joining("\n\n")) + "\n");
  }

  /** Returns a file as that page links to it. */
  static String link(Path page, Path file) {
    Path folder = page.toAbsolutePath().resolveSibling("");
    return folder.relativize(file.toAbsolutePath()).toString().replace('\\', '/');
  }

  /** Returns a text that does not end a cell of a table. */
  static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
