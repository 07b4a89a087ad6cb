package io.swarmstats;

import java.util.Arrays;
import java.util.Optional;

/**
 * Judges the reads of one sum while other threads add to it. Every value read must lie between two
 * sums: the writes that finished before the read began, and the writes that began before the read
 * ended.
 *
 * <p>Stamps come from an {@link EventClock}, are at least 0 and express order only. If a read and a
 * write have equal stamps, the write saw the stamp of the read, so the write is later. One thread
 * uses the oracle, after the race.
 */
final class IntervalOracle {

  /** The end of a write that the sum may contain or not. */
  static final int NEVER = Integer.MAX_VALUE;

  /** A read outside its bounds. */
  record Violation(int start, int end, long value, long atLeast, long atMost) {
    @Override
    public String toString() {
      return "read " + value + " from " + start + " to " + end + ", must be within " + atLeast
          + ".." + atMost;
    }
  }

  private final Events begun = new Events();
  private final Events finished = new Events();
  private long[] reads = new long[6];
  private int readLength;

  /** Logs that an amount, at least 0, was added to the sum between two stamps. */
  void write(int start, int end, int amount) {
    begun.add(start, amount);
    if (end != NEVER) {
      finished.add(end, amount);
    }
  }

  /** Logs that the sum was read between two stamps. */
  void read(int start, int end, long value) {
    if (readLength == reads.length) {
      reads = Arrays.copyOf(reads, 2 * readLength);
    }
    reads[readLength++] = start;
    reads[readLength++] = end;
    reads[readLength++] = value;
  }

  /** Returns an impossible read, or empty if all reads are possible. */
  Optional<Violation> check() {
    begun.close();
    finished.close();
    for (int i = 0; i < readLength; i += 3) {
      int start = (int) reads[i];
      int end = (int) reads[i + 1];
      long value = reads[i + 2];
      long atLeast = finished.sumBefore(start);
      long atMost = begun.sumBefore(end);
      if (value < atLeast || value > atMost) {
        return Optional.of(new Violation(start, end, value, atLeast, atMost));
      }
    }
    return Optional.empty();
  }

  /**
   * Amounts by stamp. Each event is one long with the stamp above the amount, so that a sort orders
   * the events by stamp.
   */
  private static final class Events {
    private long[] events = new long[4];
    private int size;
    private long[] sums = {}; // the sum of all events before the same index

    void add(int stamp, int amount) {
      if (amount == 0) {
        return;
      }
      if (stamp < 0 || amount < 0) {
        throw new IllegalArgumentException("must be at least 0: " + stamp + ", " + amount);
      }
      if (size == events.length) {
        events = Arrays.copyOf(events, 2 * size);
      }
      events[size++] = at(stamp) + amount;
    }

    void close() {
      Arrays.sort(events, 0, size);
      sums = new long[size + 1];
      for (int i = 0; i < size; i++) {
        sums[i + 1] = sums[i] + (int) events[i];
      }
    }

    long sumBefore(int stamp) {
      int notFound = Arrays.binarySearch(events, 0, size, at(stamp)); // no event has the amount 0
      return sums[-notFound - 1];
    }

    private static long at(int stamp) {
      return (long) stamp << Integer.SIZE;
    }
  }
}
