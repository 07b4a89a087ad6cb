package io.swarmstats;

import java.time.Instant;

/**
 * A source of time. The library reads no clock except through a time source.
 *
 * <p>Any number of threads may call an implementation at the same time. An implementation must not
 * block and must not throw, because recording methods call it. An implementation must not call the
 * library: a snapshot whose clock takes a snapshot would never end.
 */
public interface TimeSource {

  /**
   * Returns the reading of a monotonic clock.
   *
   * <p>Nanoseconds since an arbitrary origin: the value can be 0 or negative, and can wrap. Only
   * differences between readings matter; two readings must be less than 292 years apart. A negative
   * difference counts as no time passed.
   *
   * @return the reading, in nanoseconds
   * @see System#nanoTime()
   */
  long nanoTime();

  /**
   * Returns the wall-clock time. The library uses this time as a label only, and computes no
   * duration from it.
   *
   * @return the time, never null, and before {@link Instant#MAX}
   */
  Instant instant();

  /**
   * Returns the clocks of the machine: {@link System#nanoTime()} and {@link Instant#now()}.
   *
   * @return always the same object
   */
  static TimeSource system() {
    return SystemTimeSource.INSTANCE;
  }
}
