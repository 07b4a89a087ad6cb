package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Analysis 1.4 to 1.6, "Conversion Strategy with sync.Pool": states that are swapped and reused.
 * Bytes and peak are as in 1.1 and 1.7, and the map of errors stays behind its lock.
 *
 * <p>Faults: A1 and A2, a restart loads the bytes, stores 0 and adds; A3 of
 * {@link MutexClientStats}; C5, a state goes back to the pool while a reader still holds it; E1 of
 * {@link RivalClient}. C5 also covers the swap, which compares nothing: one of two updates can
 * vanish with its maximum.
 */
public final class PooledClientStats extends RivalClient {

  /** The moment when a reused state is cleared. */
  public enum Reset {
    /**
     * As printed: the thread that returns a state clears it, and the thread that gets it clears it
     * again.
     */
    BEFORE_PUT,
    /** The nearest repair: only the thread that gets a state clears it. */
    AFTER_GET
  }

  // one pool for all clients, as in the documents
  private static final StatePool<SpeedState> SPEEDS = new StatePool<>(SpeedState::new);
  private static final StatePool<DriftState> DRIFTS = new StatePool<>(DriftState::new);
  private static final StatePool<SizeState> SIZES = new StatePool<>(SizeState::new);

  private final Reset reset;
  private final AtomicLong bytesFromPreviousRuns = new AtomicLong();
  private final AtomicLong currentProcessBytes = new AtomicLong();
  private final AtomicReference<SpeedState> speedState = new AtomicReference<>(new SpeedState());
  private final AtomicReference<DriftState> driftState = new AtomicReference<>(new DriftState());
  private final AtomicReference<SizeState> sizeState = new AtomicReference<>(new SizeState());
  private final PeakAtomic peakDropRate = new PeakAtomic();

  public PooledClientStats(int clientId, StatsConfig config, Reset reset) {
    super(clientId, config, new MutexHttpErrors());
    this.reset = reset;
  }

  @Override
  public void onProcessStart() {
    long ended = currentProcessBytes.get();
    currentProcessBytes.set(0);
    bytesFromPreviousRuns.addAndGet(ended);
  }

  @Override
  public void updateCurrentBytes(long totalSize) {
    currentProcessBytes.set(totalSize);
  }

  @Override
  public long totalBytes() {
    return bytesFromPreviousRuns.get() + currentProcessBytes.get();
  }

  @Override
  public void updateDrift(long outTimeMicros) {
    long drift = driftNanos(outTimeMicros);
    DriftState current = driftState.get();
    DriftState fresh = take(DRIFTS);
    fresh.current = drift;
    fresh.max = Math.max(drift, current.max);
    giveBack(DRIFTS, driftState.getAndSet(fresh));
  }

  @Override
  public Duration currentDrift() {
    return Duration.ofNanos(driftState.get().current);
  }

  @Override
  public Duration maxDrift() {
    return Duration.ofNanos(driftState.get().max);
  }

  @Override
  public void updateSpeed(double newSpeed) {
    SpeedState current = speedState.get();
    SpeedState fresh = take(SPEEDS);
    fresh.speed = newSpeed;
    fresh.isBelow = isBelowStallThreshold(newSpeed);
    if (fresh.isBelow) {
      fresh.belowSince = current.isBelow ? current.belowSince : nanoTime();
    }
    giveBack(SPEEDS, speedState.getAndSet(fresh));
  }

  @Override
  public double speed() {
    return speedState.get().speed;
  }

  @Override
  public boolean isStalled() {
    SpeedState state = speedState.get();
    return state.isBelow && isLongerThanStallDuration(nanoTime() - state.belowSince);
  }

  @Override
  void updatePeakDropRate(double rate) {
    peakDropRate.update(rate);
  }

  @Override
  public double peakDropRate() {
    return peakDropRate.get();
  }

  @Override
  public void recordSegmentSize(long bytes) {
    SizeState current = sizeState.get();
    SizeState fresh = take(SIZES);
    System.arraycopy(current.sizes, 0, fresh.sizes, 0, SegmentSizes.LENGTH);
    fresh.index = (current.index + 1) % SegmentSizes.LENGTH;
    fresh.sizes[fresh.index] = bytes;
    giveBack(SIZES, sizeState.getAndSet(fresh));
  }

  @Override
  public long averageSegmentSize() {
    return SlotAverage.of(sizeState.get().sizes);
  }

  private <S extends State> S take(StatePool<S> pool) {
    S state = pool.get();
    state.reset();
    return state;
  }

  private <S extends State> void giveBack(StatePool<S> pool, S state) {
    if (reset == Reset.BEFORE_PUT) {
      state.reset();
    }
    pool.put(state);
  }

  /** A few plain fields behind one reference. */
  private interface State {
    void reset();
  }

  private static final class SpeedState implements State {
    double speed;
    boolean isBelow;
    long belowSince;

    @Override
    public void reset() {
      speed = 0;
      isBelow = false;
      belowSince = 0;
    }
  }

  private static final class DriftState implements State {
    long current;
    long max;

    @Override
    public void reset() {
      current = 0;
      max = 0;
    }
  }

  private static final class SizeState implements State {
    final long[] sizes = new long[SegmentSizes.LENGTH];
    int index;

    @Override
    public void reset() {
      Arrays.fill(sizes, 0);
      index = 0;
    }
  }
}
