package io.swarmstats;

import java.time.Instant;

/**
 * Where the library takes its time from. It reads no clock of its own.
 *
 * <p>Implementations must be safe for use by any number of threads, must not block and must not
 * throw: a recording method may call them. They must not call the library either: a snapshot whose
 * clock takes a snapshot would never end.
 */
public interface TimeSource {

  /**
   * Returns the reading of a monotonic clock.
   *
   * <p>Nanoseconds since an arbitrary origin: the value may be 0 or negative and may wrap. Only the
   * difference of two readings that are less than 292 years apart means something. A difference
   * that is negative counts as no time passed.
   *
   * @return the reading, in nanoseconds
   * @see System#nanoTime()
   */
  long nanoTime();

  /**
   * Returns the wall-clock time. It stamps snapshots and starts; no duration is worked out from it.
   *
   * @return the time, never null
   */
  Instant instant();

  /**
   * Returns the clocks of the machine: {@link System#nanoTime()} and {@link Instant#now()}.
   *
   * @return the one system time source
   */
  static TimeSource system() {
    return SystemTimeSource.INSTANCE;
  }
}
