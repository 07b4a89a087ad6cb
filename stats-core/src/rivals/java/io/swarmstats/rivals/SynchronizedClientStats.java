package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import java.time.Duration;

/**
 * Analysis, section 1: {@link MutexClientStats} with {@code synchronized}.
 *
 * <p>Faults: A3 and E1, as in {@link MutexClientStats}.
 */
public final class SynchronizedClientStats extends RivalClient {

  private final MutexClientState.Bytes bytes = new MutexClientState.Bytes();
  private final MutexClientState.Speed speed = new MutexClientState.Speed();
  private final MutexClientState.Drift drift = new MutexClientState.Drift();
  private final MutexClientState.PeakDropRate peakDropRate = new MutexClientState.PeakDropRate();
  private final MutexClientState.Sizes segmentSizes = new MutexClientState.Sizes();

  public SynchronizedClientStats(int clientId, StatsConfig config) {
    super(clientId, config, new SynchronizedHttpErrors());
  }

  @Override
  public void onProcessStart() {
    synchronized (bytes) {
      bytes.restart();
    }
  }

  @Override
  public void updateCurrentBytes(long totalSize) {
    synchronized (bytes) {
      bytes.update(totalSize);
    }
  }

  @Override
  public long totalBytes() {
    synchronized (bytes) {
      return bytes.total();
    }
  }

  @Override
  public void updateDrift(long outTimeMicros) {
    synchronized (drift) {
      drift.update(driftNanos(outTimeMicros));
    }
  }

  @Override
  public Duration currentDrift() {
    synchronized (drift) {
      return Duration.ofNanos(drift.current());
    }
  }

  @Override
  public Duration maxDrift() {
    synchronized (drift) {
      return Duration.ofNanos(drift.max());
    }
  }

  @Override
  public void updateSpeed(double newSpeed) {
    synchronized (speed) {
      speed.update(newSpeed, this);
    }
  }

  @Override
  public double speed() {
    synchronized (speed) {
      return speed.current();
    }
  }

  @Override
  public boolean isStalled() {
    synchronized (speed) {
      return speed.isStalled(this);
    }
  }

  @Override
  void updatePeakDropRate(double rate) {
    synchronized (peakDropRate) {
      peakDropRate.update(rate);
    }
  }

  @Override
  public double peakDropRate() {
    synchronized (peakDropRate) {
      return peakDropRate.peak();
    }
  }

  @Override
  public void recordSegmentSize(long size) {
    synchronized (segmentSizes) {
      segmentSizes.record(size);
    }
  }

  @Override
  public long averageSegmentSize() {
    synchronized (segmentSizes) {
      return segmentSizes.average();
    }
  }
}
