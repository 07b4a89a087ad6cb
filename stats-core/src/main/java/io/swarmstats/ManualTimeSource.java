package io.swarmstats;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A time source that stays at one moment until a caller advances the time. For tests and for
 * replays of a recording.
 *
 * <p>Any number of threads may call any method at any time. All methods are atomic and never wait.
 */
public final class ManualTimeSource implements TimeSource {

  private static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

  private final Instant start;
  private final long origin;
  private final AtomicLong elapsedNanos = new AtomicLong();

  /** Creates a time source that starts at 2026-01-01T00:00:00Z with a first reading of 0. */
  public ManualTimeSource() {
    this(DEFAULT_START, 0);
  }

  /**
   * Creates a time source.
   *
   * @param start the wall-clock time of the first reading
   * @param origin the first reading of {@link #nanoTime()}: any number. With a number close to
   *     {@link Long#MAX_VALUE}, a test can let the clock wrap
   */
  public ManualTimeSource(Instant start, long origin) {
    this.start = Objects.requireNonNull(start, "start must not be null");
    this.origin = origin;
  }

  /**
   * Advances both clocks.
   *
   * @param duration the time to add; a negative duration turns both clocks back, as a faulty clock
   *     would
   * @throws ArithmeticException if the duration is beyond 292 years
   */
  public void advance(Duration duration) {
    elapsedNanos.addAndGet(
        Objects.requireNonNull(duration, "duration must not be null").toNanos());
  }

  /**
   * Sets both clocks to a time after the first reading.
   *
   * @param elapsed the time since the first reading; may be negative
   * @throws ArithmeticException if the duration is beyond 292 years
   */
  public void setElapsed(Duration elapsed) {
    elapsedNanos.set(Objects.requireNonNull(elapsed, "elapsed must not be null").toNanos());
  }

  @Override
  public long nanoTime() {
    return origin + elapsedNanos.get();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(elapsedNanos.get());
  }
}
