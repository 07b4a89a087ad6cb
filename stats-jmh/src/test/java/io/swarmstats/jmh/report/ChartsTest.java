package io.swarmstats.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        .containsExactly("SwarmStats", "atomic long", "long adder", "mutex");
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
  void memory_hasNoErrorBars() throws IOException {
    CategoryChart chart = Charts.draw(
            new Charts.Bars(
                "memory",
                "Memory",
                List.of(new Charts.Bar("fresh", "ClientMemoryBenchmark.memory_filled"))),
            Result.readAll(Runs.HOLDS))
        .orElseThrow();

    assertThat(chart.getSeries("mutex").getYData()).containsExactly(296.5);
    assertThat(chart.getSeries("mutex").getExtraValues()).isNull();
    assertThat(chart.getStyler().getYAxisTickLabelsFormattingFunction().apply(200.0))
        .isEqualTo("200 B");
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
        .containsExactly("SwarmStats", "floor");
    XYSeries floor = chart.getSeries("floor");
    assertThat(floor.getXData()).startsWith(100, 1_000, 10_000);
    assertThat(floor.getYData()).startsWith(900, 9_000, 1_100_000);
    assertThat(floor.getExtraValues()).startsWith(new double[] {45, 450, 55_000}, within(1e-9));
  }

  @Test
  void run_withoutTheWork_hasNoChart() throws IOException {
    assertThat(Charts.draw(
            new Charts.Lines("none", "None", "PeerReadBenchmark.read_quiet"),
            Result.readAll(Runs.HOLDS)))
        .isEmpty();
  }

  @Test
  void lines_reachFromOnePowerOfTenToAnother() throws IOException {
    XYChart chart = Charts.draw(
            new Charts.Lines(
                "aggregate", "Aggregate", "AggregateBenchmark.aggregate_quiet percentWithErrors=0"),
            Result.readAll(Runs.HOLDS))
        .orElseThrow();

    // with the error bars, from 855 ns to 1,296 µs
    assertThat(chart.getStyler().getYAxisMin()).isEqualTo(100);
    assertThat(chart.getStyler().getYAxisMax()).isEqualTo(10_000_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0           | 100         | 0",
        "0.5         | 0.5         | 0.5 ns",
        "100         | 100         | 100 ns",
        "1000        | 1000        | 1 µs",
        "10000000    | 10000000    | 10 ms",
        "1000000000  | 1000000000  | 1 s",
        "500         | 2500        | 0.5 µs",
        "10000000000 | 10000000000 | 10 s",
      })
  void tick_isInTheUnitThatAPersonSays(double value, double like, String tick) {
    assertThat(Numbers.tick(value, like, false)).isEqualTo(tick);
  }

  @Test
  void tick_ofBytesOrClients_hasItsUnit() {
    assertThat(Numbers.tick(100, 100, true)).isEqualTo("100 B");
    assertThat(Numbers.tick(4_000, 4_000, true)).isEqualTo("4,000 B");
    assertThat(Numbers.clients(1_000)).isEqualTo("1,000 clients");
  }
}
