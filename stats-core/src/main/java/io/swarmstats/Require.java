package io.swarmstats;

import java.time.Duration;
import java.util.Objects;

/** What the components of the records must be. Each message has the rule and the value. */
final class Require {

  private Require() {}

  static void notNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be at least 0: " + value);
    }
  }

  static void notNegative(String name, Duration value) {
    if (Objects.requireNonNull(value, name + " must not be null").isNegative()) {
      throw new IllegalArgumentException(name + " must be at least 0: " + value);
    }
  }

  static void finite(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be at least 0 and finite: " + value);
    }
  }

  /** A share of a whole. */
  static void rate(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be between 0 and 1: " + value);
    }
  }
}
