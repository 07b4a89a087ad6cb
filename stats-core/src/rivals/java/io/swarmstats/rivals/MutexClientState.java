package io.swarmstats.rivals;

import java.util.HashMap;
import java.util.Map;

/** The state behind the locks of {@link MutexClientStats} and {@link SynchronizedClientStats}. */
final class MutexClientState {
  private MutexClientState() {}

  /** Analysis 1.1, {@code bytesMu}. */
  static final class Bytes {
    private long fromPreviousRuns;
    private long currentProcess;

    void restart() {
      fromPreviousRuns += currentProcess;
      currentProcess = 0;
    }

    void update(long totalSize) {
      currentProcess = totalSize;
    }

    long total() {
      return fromPreviousRuns + currentProcess;
    }
  }

  /** Analysis 1.5, {@code speedMu}. */
  static final class Speed {
    private double current;
    private boolean isBelow;
    private long belowSince;

    void update(double speed, RivalClient client) {
      current = speed;
      if (client.isBelowStallThreshold(speed)) {
        if (!isBelow) {
          isBelow = true;
          belowSince = client.nanoTime();
        }
      } else {
        isBelow = false;
      }
    }

    double current() {
      return current;
    }

    boolean isStalled(RivalClient client) {
      return isBelow && client.isLongerThanStallDuration(client.nanoTime() - belowSince);
    }
  }

  /** Analysis 1.6, {@code driftMu}. */
  static final class Drift {
    private long current;
    private long max;

    void update(long nanos) {
      current = nanos;
      max = Math.max(max, nanos);
    }

    long current() {
      return current;
    }

    long max() {
      return max;
    }
  }

  /** Analysis 1.7, {@code peakDropMu}. */
  static final class PeakDropRate {
    private double peak;

    void update(double rate) {
      if (rate > peak) {
        peak = rate;
      }
    }

    double peak() {
      return peak;
    }
  }

  /** Analysis 1.4, {@code segmentSizeMu}. */
  static final class Sizes {
    private final long[] slots = new long[SegmentSizes.LENGTH];
    private int next;

    void record(long bytes) {
      slots[next] = bytes;
      next = (next + 1) % SegmentSizes.LENGTH;
    }

    long average() {
      return SlotAverage.of(slots);
    }
  }

  /** Analysis 1.2, {@code httpErrorsMu}: every code is a key. */
  static final class Errors {
    private final Map<Integer, Long> counts = new HashMap<>();

    void record(int statusCode) {
      counts.merge(statusCode, 1L, Long::sum);
    }

    Map<Integer, Long> copy() {
      return new HashMap<>(counts);
    }
  }
}
