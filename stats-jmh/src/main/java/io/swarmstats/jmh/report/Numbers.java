package io.swarmstats.jmh.report;

import java.util.Locale;

/**
 * Formats numbers in the same way in every locale: three significant digits, or all digits before
 * the point.
 */
final class Numbers {

  private Numbers() {}

  static String of(double value) {
    return withDecimals(value, decimals(value));
  }

  /** Returns the score and its error, with the decimals of the score. */
  static String withError(Result result) {
    int decimals = decimals(result.score());
    return withDecimals(result.score(), decimals)
        + (result.isMemory()
            ? ""
            : Double.isInfinite(result.error())
                ? " ± ?"
                : " ± " + withDecimals(result.error(), decimals));
  }

  /** Returns a time in the unit that suits it, or bytes. */
  static String ofBase(double value, boolean bytes) {
    if (bytes) {
      return factor(Math.rint(value * 10) / 10) + " B";
    }
    return value < 1e3
        ? of(value) + " ns"
        : value < 1e6 ? of(value / 1e3) + " µs" : of(value / 1e6) + " ms";
  }

  /**
   * Returns a tick of an axis: {@code 10 ms}, {@code 100 B}.
   *
   * @param like the value that determines the unit: the tick itself, or the greatest value of its
   *     axis
   */
  static String tick(double value, double like, boolean bytes) {
    if (value == 0) {
      return "0";
    }
    if (bytes) {
      return plain(value) + " B";
    }
    if (like < 1e3) {
      return plain(value) + " ns";
    }
    return like < 1e6
        ? plain(value / 1e3) + " µs"
        : like < 1e9 ? plain(value / 1e6) + " ms" : plain(value / 1e9) + " s";
  }

  /** Returns a number of clients with its unit. */
  static String clients(double value) {
    return plain(value) + " clients";
  }

  private static String plain(double value) {
    return withoutZeros(withDecimals(value, 3));
  }

  private static String withoutZeros(String decimals) {
    return decimals.replaceFirst("\\.?0+$", "");
  }

  /** Returns a factor as a budget names it: 2, 1.5 or 1.05. */
  static String factor(double value) {
    return withoutZeros(withDecimals(value, 2));
  }

  /** Returns a contender's name as words. */
  static String label(String contender) {
    String words = contender.replace('_', ' ').toLowerCase(Locale.ROOT);
    return Published.LIBRARY.contains(contender)
        ? "SwarmStats" + (words.startsWith("swarm stats ") ? ", " + words.substring(12) : "")
        : words;
  }

  private static int decimals(double value) {
    double size = Math.abs(value);
    if (size == 0 || size >= 99.95) {
      return 0;
    }
    return size >= 9.995 ? 1 : Math.min(5, 2 - (int) Math.floor(Math.log10(Math.min(size, 1))));
  }

  private static String withDecimals(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
