package io.swarmstats.jmh.recording;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.TimeSource;

/** The clocks that a client may have. */
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
