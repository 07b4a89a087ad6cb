package io.swarmstats.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The look of each contender, the same in all charts: its own colour, and its place in the legend.
 *
 * <p>The library comes first, in the strongest colour and with the thickest line. Kinds of one peer
 * have shades of one colour.
 */
final class Palette {

  /** The colours by the label of the contender, in the order of the legend. */
  private static final Map<String, Color> COLORS = new LinkedHashMap<>();

  static {
    color("SwarmStats", 0x0046C7);
    color("SwarmStats, no errors", 0x5B9BFF);

    // the yardstick, and the JDK's counters
    color("floor", 0x8A8A8A);
    color("atomic long", 0x9CCB86);
    color("long adder", 0xC9A227);
    color("fetch add", 0x7E8F3A);

    // the clients of the documents
    color("mutex", 0xD9744A);
    color("synchronized", 0xF0B75A);
    color("pooled reset before put", 0x9A86C8);
    color("pooled reset after get", 0xC9BDEB);
    color("pooled", 0x7B5EA7);
    color("plain atomics", 0x4FAE8A);
    color("eager array", 0x6FB7B0);
    color("plain slots", 0xA7D3A0);
    color("atomic slots", 0x2F8F6B);
    color("cas index", 0xB8B23F);

    // their aggregators
    color("rw lock", 0xA5673F);
    color("concurrent map", 0xE08FB0);
    color("hybrid", 0xE6A117);
    color("copy on write", 0x2E9E96);

    // the peers
    color("micrometer", 0x3C9D4E);
    color("micrometer handles", 0x8CCB8F);
    color("micrometer registry", 0x1E6B34);
    color("dropwizard", 0xE07B39);
    color("dropwizard handles", 0xF2B27E);
    color("dropwizard registry", 0xA84E12);
    color("prometheus", 0xC2457E);
    color("prometheus handles", 0xE59ABD);
    color("prometheus registry", 0x8A1E55);
    color("open telemetry", 0x4B4B4B);
  }

  private static final List<String> ORDER = List.copyOf(COLORS.keySet());

  private static final Marker[] MARKERS = {
    SeriesMarkers.SQUARE,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.TRIANGLE_DOWN,
    SeriesMarkers.CROSS
  };

  private Palette() {}

  private static void color(String label, int rgb) {
    COLORS.put(label, new Color(rgb));
  }

  /** Returns the labels that have a colour, the library's first. */
  static List<String> labels() {
    return ORDER;
  }

  static Color color(String label) {
    Color color = COLORS.get(label);
    if (color == null) {
      throw new IllegalArgumentException("no colour for " + label);
    }
    return color;
  }

  /** Returns the labels in the order of the legend. */
  static List<String> inOrder(Iterable<String> labels) {
    List<String> sorted = new ArrayList<>();
    labels.forEach(sorted::add);
    sorted.sort((a, b) -> Integer.compare(ORDER.indexOf(a), ORDER.indexOf(b)));
    return sorted;
  }

  /**
   * Returns the line of a contender: dashed if its figures often coincide with those of another.
   */
  static BasicStroke line(String label) {
    boolean dashed = label.endsWith(" handles") || label.equals("open telemetry");
    return new BasicStroke(
        isLibrary(label) ? 4 : 2,
        BasicStroke.CAP_ROUND,
        BasicStroke.JOIN_ROUND,
        10,
        dashed ? new float[] {6, 6} : null,
        0);
  }

  static Marker marker(String label) {
    return isLibrary(label) ? SeriesMarkers.CIRCLE : MARKERS[ORDER.indexOf(label) % MARKERS.length];
  }

  private static boolean isLibrary(String label) {
    return label.startsWith("SwarmStats");
  }
}
