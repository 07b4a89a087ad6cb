package io.swarmstats.examples.pages;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The chart {@code docs/study/stalls.png}: the number of stalled clients, second by second, with a
 * line for each rule. The chart looks like those of the benchmarks.
 */
final class StallsChart {

  static final String BY_VIEWER = "by the viewer";
  static final String BY_SPEED = "by FFmpeg's speed";

  private static final Color INK = new Color(0x222222);
  private static final Color GRID = new Color(0xE2E2E2);

  private StallsChart() {}

  static XYChart of(List<StallsRecording.Second> seconds) {
    XYChart chart = new XYChartBuilder()
        .width(900)
        .height(520)
        .title("Stalled clients, second by second")
        .xAxisTitle("time since the start of the recording")
        .yAxisTitle("stalled clients")
        .build();
    style(chart.getStyler());
    // where both lines are at the same height, the thin line leaves the edges of the thick line
    add(chart, BY_VIEWER, seconds, StallsRecording.Second::byViewer, 0x0046C7, 7);
    add(chart, BY_SPEED, seconds, StallsRecording.Second::bySpeed, 0xD9744A, 3);
    return chart;
  }

  private static void add(
      XYChart chart,
      String rule,
      List<StallsRecording.Second> seconds,
      Function<StallsRecording.Second, List<Integer>> stalled,
      int rgb,
      int width) {
    XYSeries line = chart.addSeries(
        rule,
        seconds.stream().map(StallsRecording.Second::number).toList(),
        seconds.stream().map(second -> stalled.apply(second).size()).toList());
    line.setLineColor(new Color(rgb));
    line.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    line.setMarker(SeriesMarkers.NONE);
  }

  private static void style(XYStyler styler) {
    styler.setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Step);
    styler.setXAxisMin(0.0).setYAxisMin(0.0);
    // XChart puts as many labels on this axis as fit; with the unit they are multiples of 5
    styler.setXAxisTickLabelsFormattingFunction(tick -> String.format(Locale.ROOT, "%.0f s", tick));
    styler.setYAxisTickLabelsFormattingFunction(StallsChart::whole);
    styler
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setAxisTickPadding(8)
        .setAxisTickLabelsFont(font(Font.PLAIN, 16))
        .setAxisTitleFont(font(Font.PLAIN, 16))
        .setLocale(Locale.ROOT)
        .setChartBackgroundColor(Color.WHITE)
        .setChartFontColor(INK)
        .setChartTitleFont(font(Font.BOLD, 19))
        .setLegendFont(font(Font.PLAIN, 16))
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setPlotBorderColor(GRID);
  }

  /** Returns the label of a number of clients. A tick between two whole numbers has none. */
  private static String whole(double tick) {
    return tick == Math.rint(tick) ? String.format(Locale.ROOT, "%.0f", tick) : " ";
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  static void save(XYChart chart, Path file) throws IOException {
    Files.write(file, ChartEncoder.getBytes(chart, "png"));
  }
}
