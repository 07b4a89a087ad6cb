package io.swarmstats.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;

/** Draws the charts of {@link Published} as PNG, in nanoseconds or bytes. */
final class Charts {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 520;
  private static final String LOWER = " (lower is better)";
  private static final Color INK = new Color(0x222222);
  private static final Color GRID = new Color(0xE2E2E2);

  private Charts() {}

  /**
   * Figures over the number of clients, both axes logarithmic, a line for each contender.
   *
   * @param file the name of the file, without its ending
   * @param results the selector of what is drawn
   */
  record Lines(String file, String title, String results) {}

  /** Figures beside each other, a group of bars for each kind of work. */
  record Bars(String file, String title, List<Bar> bars) {}

  /** A group of bars: one kind of work, a bar for each contender. */
  record Bar(String label, String results) {}

  /** Draws what the run has figures for; returns the titles by the names of the files. */
  static Map<String, String> drawAll(List<Result> run, Path folder) throws IOException {
    Map<String, String> titles = new LinkedHashMap<>();
    for (Lines lines : Published.LINES) {
      Optional<XYChart> chart = draw(lines, run);
      if (chart.isPresent()) {
        save(chart.get(), folder.resolve(lines.file() + ".png"));
        titles.put(lines.file() + ".png", lines.title());
      }
    }
    for (Bars bars : Published.BARS) {
      Optional<CategoryChart> chart = draw(bars, run);
      if (chart.isPresent()) {
        save(chart.get(), folder.resolve(bars.file() + ".png"));
        titles.put(bars.file() + ".png", bars.title());
      }
    }
    return titles;
  }

  static Optional<XYChart> draw(Lines lines, List<Result> run) {
    Map<String, List<Result>> byLabel = new LinkedHashMap<>();
    Selector.of(lines.results()).all(run).stream()
        .sorted(Comparator.comparingInt(Charts::clients))
        .forEach(result ->
            byLabel.computeIfAbsent(label(result), label -> new ArrayList<>()).add(result));
    if (byLabel.isEmpty()) {
      return Optional.empty();
    }
    XYChart chart = new XYChartBuilder()
        .width(WIDTH)
        .height(HEIGHT)
        .title(lines.title() + LOWER)
        .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    boolean bytes = byLabel.values().iterator().next().get(0).isMemory();
    chart.getStyler().setXAxisTickLabelsFormattingFunction(Numbers::clients);
    chart.getStyler().setYAxisTickLabelsFormattingFunction(tick -> Numbers.tick(tick, tick, bytes));
    DoubleSummaryStatistics reach = byLabel.values().stream()
        .flatMap(List::stream)
        .flatMapToDouble(result ->
            DoubleStream.of(result.base() - lineError(result), result.base() + lineError(result)))
        .summaryStatistics();
    // only powers of ten have a label: with one at each end there are two at least
    chart.getStyler().setYAxisMin(power(Math.floor(Math.log10(reach.getMin()))));
    chart.getStyler().setYAxisMax(power(Math.ceil(Math.log10(reach.getMax()))));
    for (String label : Palette.inOrder(byLabel.keySet())) {
      List<Result> line = byLabel.getOrDefault(label, List.of());
      XYSeries series = chart.addSeries(
          label,
          line.stream().map(Charts::clients).toList(),
          line.stream().map(Result::base).toList(),
          line.stream().map(Charts::lineError).toList());
      series.setMarker(Palette.marker(label));
      series.setMarkerColor(Palette.color(label));
      series.setLineColor(Palette.color(label));
      series.setLineStyle(Palette.line(label));
    }
    return Optional.of(chart);
  }

  static Optional<CategoryChart> draw(Bars bars, List<Result> run) {
    Map<String, Map<String, Result>> groups = new LinkedHashMap<>();
    for (Bar bar : bars.bars()) {
      Map<String, Result> group = new LinkedHashMap<>();
      Selector.of(bar.results()).all(run).forEach(result -> group.put(label(result), result));
      if (!group.isEmpty()) {
        groups.put(bar.label(), group);
      }
    }
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    List<Result> all =
        groups.values().stream().flatMap(group -> group.values().stream()).toList();
    double highest = all.stream().mapToDouble(Result::base).max().orElse(0);
    boolean bytes = all.get(0).isMemory();
    CategoryChart chart = new CategoryChartBuilder()
        .width(WIDTH)
        .height(HEIGHT)
        .title(bars.title() + LOWER)
        .build();
    style(chart.getStyler());
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setAvailableSpaceFill(0.8).setPlotGridVerticalLinesVisible(false);
    chart
        .getStyler()
        .setYAxisTickLabelsFormattingFunction(tick -> Numbers.tick(tick, highest, bytes));
    for (String label :
        Palette.inOrder(all.stream().map(Charts::label).distinct().toList())) {
      CategorySeries series = chart.addSeries(
          label,
          new ArrayList<>(groups.keySet()),
          each(groups, label, Result::base),
          bytes ? null : each(groups, label, Charts::errorBar)); // bytes do not vary
      series.setFillColor(Palette.color(label));
    }
    return Optional.of(chart);
  }

  /** Returns a figure of each group; null, a gap, where the contender is not in it. */
  private static List<@Nullable Double> each(
      Map<String, Map<String, Result>> groups, String label, Function<Result, Double> figure) {
    List<@Nullable Double> figures = new ArrayList<>();
    for (Map<String, Result> group : groups.values()) {
      Result own = group.get(label);
      figures.add(own == null ? null : figure.apply(own));
    }
    return figures;
  }

  private static String label(Result result) {
    return Numbers.label(result.contender());
  }

  private static int clients(Result result) {
    return Integer.parseInt(result.params().getOrDefault("clients", "0"));
  }

  private static double errorBar(Result result) {
    return Double.isInfinite(result.error()) ? 0 : result.baseError();
  }

  /** On a logarithmic axis an error bar must not reach 0. */
  private static double lineError(Result result) {
    return Math.min(errorBar(result), 0.9 * result.base());
  }

  private static double power(double exponent) {
    return Math.pow(10, exponent);
  }

  private static void style(AxesChartStyler styler) {
    styler
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setAxisTickPadding(8)
        .setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right)
        .setErrorBarsColor(INK)
        .setAxisTickLabelsFont(font(Font.PLAIN, 13))
        .setLocale(Locale.ROOT)
        .setChartBackgroundColor(Color.WHITE)
        .setChartFontColor(INK)
        .setChartTitleFont(font(Font.BOLD, 17))
        .setLegendFont(font(Font.PLAIN, 14))
        .setLegendBorderColor(Color.WHITE)
        .setPlotBorderColor(GRID);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  private static void save(IChart chart, Path file) throws IOException {
    Files.write(file, ChartEncoder.getBytes(chart, "png"));
  }
}
