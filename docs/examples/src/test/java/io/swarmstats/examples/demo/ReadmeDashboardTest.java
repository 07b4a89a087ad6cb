package io.swarmstats.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.examples.replay.Recording;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard in the README is the dashboard of the demo. Only rates and times may differ. */
class ReadmeDashboardTest {

  private static final Pattern DASHBOARD = Pattern.compile("```\n(clients .*?)```", Pattern.DOTALL);

  /** A number with its unit, if the unit depends on the size of the number. */
  private static final Pattern NUMBER =
      Pattern.compile("-?\\d[\\d,.]*(?: (?:us|ms|s|B|kB|MB|GB)\\b)?");

  /** The label of a row whose first number is a total, and this total. */
  private static final Pattern TOTAL =
      Pattern.compile("(?m)^(?:manifest|segment|init|downloaded|output) +[\\d,.]+(?: [kMG]?B)?");

  private static String dashboard(String readme) {
    Matcher dashboard = DASHBOARD.matcher(readme);
    assertThat(dashboard.find()).as("README.md shows a dashboard").isTrue();
    return dashboard.group(1);
  }

  private static String screen() {
    StringWriter out = new StringWriter();
    int exitCode = SwarmDemo.commandLine(Recording.ffmpegSwarm(), Recording.ffmpegSwarm(), false)
        .setOut(new PrintWriter(out))
        .execute("--speed", "1e6");
    assertThat(exitCode).isZero();
    return out.toString();
  }

  /** Returns labels and punctuation, with a # for each number. */
  private static String shape(String text) {
    return NUMBER.matcher(text).replaceAll("#").replaceAll("\\s+", " ").strip();
  }

  private static List<String> totals(String text) {
    return TOTAL
        .matcher(text)
        .results()
        .map((MatchResult row) -> row.group().replaceAll(" +", " "))
        .toList();
  }

  @Test
  void dashboard_hasTheLabelsAndTotalsOfTheDemo() throws IOException {
    String shown = dashboard(Files.readString(Path.of("../../README.md")));
    String screen = screen();

    assertThat(shape(screen)).contains(shape(shown));
    assertThat(totals(shown)).hasSizeGreaterThan(3).isSubsetOf(totals(screen));
  }

  @Test
  void dashboard_withAnotherLabelOrTotal_isFound() {
    String screen = screen();

    assertThat(shape(screen)).contains(shape("manifest 1 2.5 22"));
    assertThat(shape(screen)).doesNotContain(shape("manifests 1 2.5 22"));
    assertThat(totals("manifest     2,674 1.5")).isNotEmpty().noneMatch(totals(screen)::contains);
  }
}
