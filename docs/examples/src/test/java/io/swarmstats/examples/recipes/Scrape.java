package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The result of one scrape: the value of each series, with counters apart from other series. */
record Scrape(SortedMap<String, Double> counters, SortedMap<String, Double> others) {

  /** Reads the text format of Prometheus, and asserts that no value is NaN or infinite. */
  static Scrape ofText(String text) {
    Scrape scrape = new Scrape(new TreeMap<>(), new TreeMap<>());
    Set<String> counters = new HashSet<>();
    text.lines().forEach(line -> {
      if (line.startsWith("# TYPE ") && line.endsWith(" counter")) {
        counters.add(line.split(" ", -1)[2]);
      } else if (line.startsWith("# TYPE ") && line.matches(".* (?:summary|histogram)")) {
        String name = line.split(" ", -1)[2];
        counters.addAll(List.of(name + "_count", name + "_sum", name + "_bucket"));
      } else if (!line.startsWith("#")) {
        int space = line.lastIndexOf(' ');
        String series = line.substring(0, space);
        boolean isCounter = counters.contains(series.replaceFirst("\\{.*", ""));
        double value = Double.parseDouble(line.substring(space + 1));
        assertThat(value).as(series).isFinite();
        (isCounter ? scrape.counters : scrape.others).put(series, value);
      }
    });
    return scrape;
  }

  /** Asserts that no counter falls or disappears between consecutive scrapes. */
  static void requireMonotone(List<Scrape> scrapes) {
    Scrape before = new Scrape(new TreeMap<>(), new TreeMap<>());
    for (Scrape scrape : scrapes) {
      before.counters.forEach((series, value) -> assertThat(scrape.counters)
          .hasEntrySatisfying(
              series, now -> assertThat(now).as(series).isGreaterThanOrEqualTo(value)));
      before = scrape;
    }
  }

  /** Returns the counters of one name by the value of their only label. */
  SortedMap<String, Long> byLabel(String name, String label) {
    SortedMap<String, Long> byLabel = new TreeMap<>();
    String start = name + "{" + label + "=\"";
    counters.forEach((series, value) -> {
      if (series.startsWith(start)) {
        byLabel.put(series.substring(start.length(), series.length() - 2), value.longValue());
      }
    });
    return byLabel;
  }
}
