package io.swarmstats.examples.demo;

import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Interval;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * Shows the dashboard. On a terminal each dashboard replaces the previous one. Without a terminal a
 * few more lines follow each time. For use by one thread.
 */
final class Screen {

  private static final String ESCAPE = "\u001b[";
  private static final String CLEAR_TO_END_OF_LINE = ESCAPE + "K";
  private static final String CLEAR_TO_END_OF_SCREEN = ESCAPE + "J";
  // a wrapped line would take two rows, and the cursor would go up too few rows
  private static final String WRAP_OFF = ESCAPE + "?7l";
  private static final String WRAP_ON = ESCAPE + "?7h";

  private final PrintWriter out;
  private final boolean terminal;
  private int linesShown;

  Screen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Returns whether standard output is a terminal that accepts escape codes, and the user has not
   * disabled them.
   */
  static boolean isTerminal() {
    return Ansi.AUTO.enabled() && !"dumb".equals(System.getenv("TERM"));
  }

  /** Shows the current state, and the interval that led to it. */
  void show(AggregatedStats stats, Interval last, Dashboard.Progress progress) {
    if (terminal) {
      redraw(Dashboard.lines(stats, last, progress));
    } else {
      if (linesShown == 0) {
        print(Dashboard.header());
      }
      Dashboard.report(stats, last, progress).forEach(this::print);
      linesShown++;
    }
  }

  /** Shows the final state as a whole dashboard that stays on the screen. */
  void showLast(AggregatedStats stats, Interval last, Dashboard.Progress progress) {
    List<String> dashboard = Dashboard.lines(stats, last, progress);
    if (terminal) {
      redraw(dashboard);
    } else {
      if (linesShown > 0) {
        print("");
      }
      dashboard.forEach(this::print);
    }
    print("");
  }

  void print(String line) {
    out.println(line);
    out.flush();
  }

  /**
   * Overwrites the screen line by line in one write and clears only the remainder, so that nothing
   * flickers.
   */
  private void redraw(List<String> dashboard) {
    StringBuilder frame = new StringBuilder(WRAP_OFF);
    if (linesShown > 0) {
      frame.append(ESCAPE).append(linesShown).append('A');
    }
    for (String line : dashboard) {
      int label = Math.min(Dashboard.LABEL, line.length());
      frame
          .append(Ansi.Style.bold.on())
          .append(line, 0, label)
          .append(Ansi.Style.reset.on())
          .append(line, label, line.length())
          .append(CLEAR_TO_END_OF_LINE)
          .append('\n');
    }
    frame.append(CLEAR_TO_END_OF_SCREEN).append(WRAP_ON);
    out.print(frame);
    out.flush();
    linesShown = dashboard.size();
  }
}
