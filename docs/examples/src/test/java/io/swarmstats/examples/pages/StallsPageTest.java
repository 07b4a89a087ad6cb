package io.swarmstats.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.swarmstats.examples.replay.Recording;
import io.swarmstats.snapshot.ClientSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/**
 * Compares the rule of the documents with the viewer, over the recording and over simulated
 * freezes. The page {@code stalls.md} and its chart show these figures.
 */
class StallsPageTest {

  private static final Path STUDY = Repository.ROOT.resolve("docs/study");

  /** A row of the table of both rules: the only table with five columns. */
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (?<first>\\d+)(–(?<last>\\d+))?"
      + " \\| (?<speed>\\d+) \\| [^|]*\\| (?<viewer>\\d+) \\| [^|]*\\|$");

  private static final StallsRecording RECORDING = StallsRecording.of(Recording.ffmpegSwarm());
  private static final List<StallsFreeze> REPORTING = freezes(false);
  private static final List<StallsFreeze> BLOCKED = freezes(true);

  private static List<StallsFreeze> freezes(boolean blocked) {
    return List.of(
        StallsFreeze.of(Duration.ofMinutes(1), Duration.ofMinutes(1), blocked),
        StallsFreeze.of(Duration.ofMinutes(10), Duration.ofMinutes(1), blocked),
        StallsFreeze.of(Duration.ofHours(1), Duration.ofMinutes(10), blocked),
        StallsFreeze.of(Duration.ofDays(1), Duration.ofHours(1), blocked));
  }

  static Stream<StallsFreeze> allFreezes() {
    return Stream.concat(REPORTING.stream(), BLOCKED.stream());
  }

  @Test
  void page_isThatOfTheseFigures() throws IOException {
    Path fresh = Path.of("target/stalls.md");
    Files.writeString(fresh, StallsPage.text(RECORDING, REPORTING, BLOCKED));

    assertThat(STUDY.resolve("stalls.md"))
        .as("to write it anew: cp docs/examples/target/stalls.* docs/study")
        .hasSameTextualContentAs(fresh);
  }

  /** The bytes of a PNG depend on the fonts of the machine, so no test compares them. */
  @Test
  void chart_isSavedAsPng() throws IOException {
    Path fresh = Path.of("target/stalls.png");
    StallsChart.save(StallsChart.of(RECORDING.seconds()), fresh);

    assertThat(ImageIO.read(fresh.toFile())).isNotNull();
    assertThat(ImageIO.read(STUDY.resolve("stalls.png").toFile())).isNotNull();
  }

  @Test
  void chart_showsTheFiguresOfTheTable() {
    List<Double> seconds = new ArrayList<>();
    List<Double> bySpeed = new ArrayList<>();
    List<Double> byViewer = new ArrayList<>();
    Matcher row = ROW.matcher(StallsPage.text(RECORDING, REPORTING, BLOCKED));
    while (row.find()) {
      int first = Integer.parseInt(row.group("first"));
      int last = row.group("last") == null ? first : Integer.parseInt(row.group("last"));
      for (int second = first; second <= last; second++) {
        seconds.add((double) second);
        bySpeed.add(Double.valueOf(row.group("speed")));
        byViewer.add(Double.valueOf(row.group("viewer")));
      }
    }

    XYChart chart = StallsChart.of(RECORDING.seconds());

    assertThat(seconds).hasSize(90);
    assertThat(chart.getSeriesCollection())
        .extracting(XYSeries::getName, XYSeries::getXData, XYSeries::getYData)
        .containsExactly(
            tuple(StallsChart.BY_VIEWER, array(seconds), array(byViewer)),
            tuple(StallsChart.BY_SPEED, array(seconds), array(bySpeed)));
  }

  private static double[] array(List<Double> figures) {
    return figures.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void page_ofAnotherRecording_differs() {
    StallsRecording other =
        StallsRecording.of(new Recording(Recording.ffmpegSwarm().events().subList(0, 4_000)));

    assertThat(StallsPage.text(other, REPORTING, BLOCKED))
        .isNotEqualTo(StallsPage.text(RECORDING, REPORTING, BLOCKED));
  }

  @Test
  void viewers_ofTheThrottledClients_stallOnceEach() {
    assertThat(RECORDING.clients())
        .filteredOn(client -> client.stalls() > 0)
        .extracting(ClientSummary::clientId, ClientSummary::stalls)
        .containsExactly(tuple(4, 1L), tuple(9, 1L));
  }

  @ParameterizedTest
  @MethodSource("allFreezes")
  void freeze_isSeenByTheViewerWithinSevenSeconds_andGoneWithinOne(StallsFreeze freeze) {
    assertThat(freeze.byViewer().seen())
        .hasValueSatisfying(seen -> assertThat(seen).isLessThan(Duration.ofSeconds(7)));
    assertThat(freeze.byViewer().gone())
        .hasValueSatisfying(gone -> assertThat(gone).isLessThanOrEqualTo(Duration.ofSeconds(1)));
    assertThat(freeze.stalls()).isEqualTo(1);
    assertThat(freeze.waited())
        .isBetween(freeze.freeze().minusSeconds(1), freeze.freeze().plusSeconds(1));
  }

  @Test
  void freeze_afterADay_isNeverSeenByTheSpeed() {
    assertThat(allFreezes().filter(freeze -> freeze.play().equals(Duration.ofDays(1))))
        .hasSize(2)
        .allSatisfy(freeze -> assertThat(freeze.bySpeed())
            .isEqualTo(new StallsFreeze.Shown(Optional.empty(), Optional.empty())));
  }
}
