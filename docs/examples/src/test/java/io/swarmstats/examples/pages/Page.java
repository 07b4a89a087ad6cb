package io.swarmstats.examples.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Markdown page.
 *
 * @param path the path from the root of the repository, with slashes
 */
record Page(String path, String text) {

  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)|\\b(?:src|href)=\"([^\"]+)\"");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern LINKED_TEXT = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");

  /** Reads all pages of the repository. */
  static List<Page> all(Path root) throws IOException {
    List<Page> pages = new ArrayList<>();
    for (Path file : Repository.files(root, ".md")) {
      pages.add(new Page(Repository.name(root, file), Files.readString(file)));
    }
    return pages;
  }

  /** Returns whether a script writes the page from the results of a run. */
  boolean isGenerated() {
    return path.startsWith("docs/evidence/");
  }

  private String prose() {
    return FENCED.matcher(text).replaceAll("");
  }

  /** Returns each row of a table, and each paragraph in one line. Code blocks are included. */
  List<String> passages() {
    List<String> passages = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : (text + "\n").split("\n", -1)) {
      boolean isRow = line.startsWith("|");
      if (isRow || line.isBlank()) {
        passages.add(paragraph.toString());
        paragraph.setLength(0);
      }
      if (isRow) {
        passages.add(line);
      } else {
        paragraph.append(line).append(' ');
      }
    }
    return passages;
  }

  /** Returns the rows of all tables. */
  List<String> rows() {
    return text.lines().filter(line -> line.startsWith("|")).toList();
  }

  /** Returns the targets of all links and images. */
  List<String> links() {
    return LINK.matcher(prose())
        .results()
        .map((MatchResult link) -> link.group(1) == null ? link.group(2) : link.group(1))
        .toList();
  }

  /** Returns the anchors that GitHub makes of the headings. */
  Set<String> anchors() {
    Map<String, Integer> seen = new HashMap<>();
    return HEADING
        .matcher(prose())
        .results()
        .map((MatchResult heading) -> anchor(heading.group(1)))
        .map(anchor -> {
          int before = seen.merge(anchor, 1, Integer::sum) - 1;
          return before == 0 ? anchor : anchor + "-" + before;
        })
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String anchor(String heading) {
    return LINKED_TEXT
        .matcher(heading.strip())
        .replaceAll("$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
