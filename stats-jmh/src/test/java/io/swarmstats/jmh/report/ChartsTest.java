package io.swarmstats.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

class ChartsTest {

  @Test
  void bars_areOfAllContenders_withTheirErrors() throws IOException {
    CategoryChart chart = Charts.draw(
            new Charts.Bars(
                "increment",
                "Increment",
                List.of(
                    new Charts.Bar("one thread", "IncrementBenchmark.increment_alone"),
                    new Charts.Bar("not measured", "IncrementBenchmark.increment_contended"))),
            Result.readAll(Runs.HOLDS))
        .orElseThrow();

    assertThat(chart.getSeriesCollection())
        .extracting(CategorySeries::getName)
        .containsExactlyInAnyOrder("SwarmStats", "atomic long", "long adder", "mutex");
    assertThat(chart.getSeries("long adder").getXData()).hasToString("[one thread]");
    assertThat(chart.getSeries("long adder").getYData()).containsExactly(2.6);
    assertThat(chart.getSeries("long adder").getExtraValues()).containsExactly(0.05);
    assertThat(chart.getSeries("mutex").getExtraValues())
        .as("of an error that is not known there is no bar")
        .containsExactly(0.0);
  }

  @Test
  void bar_thatIsMissing_isAGap() throws IOException {
    CategoryChart chart = Charts.draw(
            new Charts.Bars(
                "both",
                "Both",
                List.of(
                    new Charts.Bar("increment", "IncrementBenchmark.increment_alone"),
                    new Charts.Bar("memory", "ClientMemoryBenchmark.memory_filled"))),
            Result.readAll(Runs.HOLDS))
        .orElseThrow();

    assertThat(chart.getSeries("long adder").getYData()).containsExactly(2.6, Double.NaN);
  }

  @Test
  void lines_areOverClients_onLogarithmicAxes_withTheirErrors() throws IOException {
    XYChart chart = Charts.draw(
            new Charts.Lines(
                "aggregate", "Aggregate", "AggregateBenchmark.aggregate_quiet percentWithErrors=0"),
            Result.readAll(Runs.HOLDS))
        .orElseThrow();

    assertThat(chart.getStyler().isXAxisLogarithmic()).isTrue();
    assertThat(chart.getStyler().isYAxisLogarithmic()).isTrue();
    assertThat(chart.getSeriesCollection())
        .extracting(XYSeries::getName)
        .containsExactlyInAnyOrder("floor", "SwarmStats");
    XYSeries floor = chart.getSeries("floor");
    assertThat(floor.getXData()).startsWith(100, 1_000, 10_000);
    assertThat(floor.getYData()).startsWith(0.9, 9, 1_100);
    assertThat(floor.getExtraValues()).startsWith(new double[] {0.045, 0.45, 55}, within(1e-9));
  }

  @Test
  void run_withoutTheWork_hasNoChart() throws IOException {
    assertThat(Charts.draw(
            new Charts.Lines("none", "None", "PeerReadBenchmark.read_quiet"),
            Result.readAll(Runs.HOLDS)))
        .isEmpty();
  }
}
