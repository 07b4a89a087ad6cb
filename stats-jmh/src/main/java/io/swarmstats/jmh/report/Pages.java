package io.swarmstats.jmh.report;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Writes pages in Markdown. */
final class Pages {

  private Pages() {}

  /** Writes a page. An empty line separates two parts: paragraphs, headings or tables. */
  static void write(Path page, String... parts) throws IOException {
    Files.createDirectories(page.toAbsolutePath().getParent());
    Files.writeString(page, Stream.of(parts).map(String::strip).collect(joining("\n\n")) + "\n");
  }

  /** Returns the target of a link from the page to the file. */
  static String link(Path page, Path file) {
    Path folder = page.toAbsolutePath().resolveSibling("");
    return folder.relativize(file.toAbsolutePath()).toString().replace('\\', '/');
  }

  /** Returns the text with escaped bars, which would end a cell of a table. */
  static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
