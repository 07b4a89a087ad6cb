package io.swarmstats.internal;

import java.time.Duration;
import java.util.Objects;

/** Checks of record components. The message of each exception states the rule and the value. */
public final class Require {

  private Require() {}

  /** Requires a number of at least 0. */
  public static void notNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be at least 0: " + value);
    }
  }

  /** Requires a duration of at least zero. */
  public static void notNegative(String name, Duration value) {
    if (Objects.requireNonNull(value, name + " must not be null").isNegative()) {
      throw new IllegalArgumentException(name + " must be at least 0: " + value);
    }
  }

  /** Requires a finite number of at least 0. */
  public static void finite(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be at least 0 and finite: " + value);
    }
  }

  /** Requires a number in 0..1. */
  public static void rate(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be between 0 and 1: " + value);
    }
  }
}
