package io.swarmstats.jmh.recording;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.TimeSource;

/**
 * The clocks that the benchmarks compare. {@code CACHED} is a clock that the program advances
 * itself.
 */
public enum Clock {
  SYSTEM,
  CACHED;

  TimeSource create() {
    return switch (this) {
      case SYSTEM -> TimeSource.system();
      case CACHED -> new ManualTimeSource();
    };
  }
}
