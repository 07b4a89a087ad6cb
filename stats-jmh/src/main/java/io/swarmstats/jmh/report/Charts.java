package io.swarmstats.jmh.report;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.colors.ColorBlindFriendlySeriesColors;

/** Draws the charts of {@link Published}, each as SVG and as PNG. */
final class Charts {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;

  /** Black comes last: it would hide an error bar. */
  static final Color[] COLORS = blackLast(new ColorBlindFriendlySeriesColors().getSeriesColors());

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

  /** Draws what the run has figures for; returns the titles by the names of the SVG files. */
  static Map<String, String> drawAll(List<Result> run, Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, String> titles = new LinkedHashMap<>();
    for (Lines lines : Published.LINES) {
      Optional<XYChart> chart = draw(lines, run);
      if (chart.isPresent()) {
        save(chart.get(), folder.resolve(lines.file()));
        titles.put(lines.file() + ".svg", lines.title());
      }
    }
    for (Bars bars : Published.BARS) {
      Optional<CategoryChart> chart = draw(bars, run);
      if (chart.isPresent()) {
        save(chart.get(), folder.resolve(bars.file()));
        titles.put(bars.file() + ".svg", bars.title());
      }
    }
    return titles;
  }

  static Optional<XYChart> draw(Lines lines, List<Result> run) {
    Map<String, List<Result>> byContender = new LinkedHashMap<>();
    Selector.of(lines.results()).all(run).stream()
        .sorted(Comparator.comparingInt(Charts::clients))
        .forEach(result -> byContender
            .computeIfAbsent(result.contender(), contender -> new ArrayList<>())
            .add(result));
    if (byContender.isEmpty()) {
      return Optional.empty();
    }
    XYChart chart = new XYChartBuilder()
        .width(WIDTH)
        .height(HEIGHT)
        .title(lines.title())
        .xAxisTitle("clients")
        .yAxisTitle(byContender.values().iterator().next().get(0).unit())
        .build();
    style(chart.getStyler()).setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    byContender.forEach((contender, line) -> chart.addSeries(
        Numbers.label(contender),
        line.stream().map(Charts::clients).toList(),
        line.stream().map(Result::score).toList(),
        // on a logarithmic axis an error bar must not reach 0
        line.stream()
            .map(result -> Math.min(errorBar(result), 0.99 * result.score()))
            .toList()));
    return Optional.of(chart);
  }

  static Optional<CategoryChart> draw(Bars bars, List<Result> run) {
    Map<String, List<Result>> groups = new LinkedHashMap<>();
    for (Bar bar : bars.bars()) {
      List<Result> group = Selector.of(bar.results()).all(run);
      if (!group.isEmpty()) {
        groups.put(bar.label(), group);
      }
    }
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    CategoryChart chart = new CategoryChartBuilder()
        .width(WIDTH)
        .height(HEIGHT)
        .title(bars.title())
        .yAxisTitle(groups.values().iterator().next().get(0).unit())
        .build();
    style(chart.getStyler());
    List<String> contenders = groups.values().stream()
        .flatMap(List::stream)
        .map(Result::contender)
        .distinct()
        .toList();
    for (String contender : contenders) {
      List<@Nullable Double> scores = new ArrayList<>();
      List<@Nullable Double> errors = new ArrayList<>();
      for (List<Result> group : groups.values()) {
        Optional<Result> own = group.stream()
            .filter(result -> result.contender().equals(contender))
            .findFirst();
        scores.add(own.map(Result::score).orElse(null)); // a gap in the group
        errors.add(own.map(Charts::errorBar).orElse(null));
      }
      chart.addSeries(Numbers.label(contender), new ArrayList<>(groups.keySet()), scores, errors);
    }
    return Optional.of(chart);
  }

  private static int clients(Result result) {
    return Integer.parseInt(result.params().getOrDefault("clients", "0"));
  }

  private static double errorBar(Result result) {
    return Double.isInfinite(result.error()) ? 0 : result.error();
  }

  private static Color[] blackLast(Color[] colors) {
    List<Color> rotated = new ArrayList<>(List.of(colors));
    Collections.rotate(rotated, -1);
    return rotated.toArray(Color[]::new);
  }

  private static AxesChartStyler style(AxesChartStyler styler) {
    styler
        .setChartBackgroundColor(Color.WHITE)
        .setLegendBorderColor(Color.WHITE)
        .setSeriesColors(COLORS)
        .setDecimalPattern("#,###.##")
        .setLocale(Locale.ROOT);
    return styler;
  }

  private static void save(IChart chart, Path file) throws IOException {
    for (String format : List.of("svg", "png")) {
      Files.write(
          file.resolveSibling(file.getFileName() + "." + format),
          ChartEncoder.getBytes(chart, format));
    }
  }
}
