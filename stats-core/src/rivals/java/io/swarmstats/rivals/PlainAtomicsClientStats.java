package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Analysis, "Individual Atomics", as printed. HTTP errors and segment sizes follow the plan: the
 * array of counters, and option A.
 *
 * <p>Faults: A1, a restart swaps the bytes and then adds them; A3 of {@link MutexClientStats}; C1,
 * C2 and C3, the stall clock follows transitions of a speed loaded earlier; D1, the current drift
 * is stored before the maximum is raised; F1 of {@link PlainSlotsSegmentSizes}; E1 of
 * {@link RivalClient}.
 */
public final class PlainAtomicsClientStats extends RivalClient {

  private final AtomicLong bytesFromPreviousRuns = new AtomicLong();
  private final AtomicLong currentProcessBytes = new AtomicLong();
  private final AtomicLong speed = new AtomicLong(); // bits of a double
  private final AtomicReference<@Nullable Long> belowThresholdAt = new AtomicReference<>();
  private final AtomicLong currentDrift = new AtomicLong();
  private final AtomicLong maxDrift = new AtomicLong();
  private final PeakAtomic peakDropRate = new PeakAtomic();
  private final SegmentSizes segmentSizes = new PlainSlotsSegmentSizes();

  public PlainAtomicsClientStats(int clientId, StatsConfig config) {
    super(clientId, config, new EagerHttpErrors());
  }

  @Override
  public void onProcessStart() {
    long ended = currentProcessBytes.getAndSet(0);
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
    currentDrift.set(drift);
    long seen = maxDrift.get();
    while (drift > seen && !maxDrift.compareAndSet(seen, drift)) {
      seen = maxDrift.get();
    }
  }

  @Override
  public Duration currentDrift() {
    return Duration.ofNanos(currentDrift.get());
  }

  @Override
  public Duration maxDrift() {
    return Duration.ofNanos(maxDrift.get());
  }

  @Override
  public void updateSpeed(double newSpeed) {
    double before = speed();
    speed.set(Double.doubleToRawLongBits(newSpeed));
    if (isBelowStallThreshold(newSpeed)) {
      if (before > 0 && !isBelowStallThreshold(before)) {
        belowThresholdAt.set(nanoTime());
      }
    } else {
      belowThresholdAt.set(null);
    }
  }

  @Override
  public double speed() {
    return Double.longBitsToDouble(speed.get());
  }

  @Override
  public boolean isStalled() {
    Long since = belowThresholdAt.get();
    return since != null && isLongerThanStallDuration(nanoTime() - since);
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
  public void recordSegmentSize(long size) {
    segmentSizes.record(size);
  }

  @Override
  public long averageSegmentSize() {
    return segmentSizes.average();
  }
}
