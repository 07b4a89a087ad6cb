package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Analysis, section 1: the "current usage", with one {@link ReentrantLock} per concern.
 *
 * <p>Faults: A3, a late update of the ended process lands in the new process; E1 of
 * {@link RivalClient}.
 */
public final class MutexClientStats extends RivalClient {

  private final ReentrantLock bytesLock = new ReentrantLock();
  private final MutexClientState.Bytes bytes = new MutexClientState.Bytes();
  private final ReentrantLock speedLock = new ReentrantLock();
  private final MutexClientState.Speed speed = new MutexClientState.Speed();
  private final ReentrantLock driftLock = new ReentrantLock();
  private final MutexClientState.Drift drift = new MutexClientState.Drift();
  private final ReentrantLock peakDropRateLock = new ReentrantLock();
  private final MutexClientState.PeakDropRate peakDropRate = new MutexClientState.PeakDropRate();
  private final ReentrantLock segmentSizesLock = new ReentrantLock();
  private final MutexClientState.Sizes segmentSizes = new MutexClientState.Sizes();

  public MutexClientStats(int clientId, StatsConfig config) {
    super(clientId, config, new MutexHttpErrors());
  }

  @Override
  public void onProcessStart() {
    bytesLock.lock();
    try {
      bytes.restart();
    } finally {
      bytesLock.unlock();
    }
  }

  @Override
  public void updateCurrentBytes(long totalSize) {
    bytesLock.lock();
    try {
      bytes.update(totalSize);
    } finally {
      bytesLock.unlock();
    }
  }

  @Override
  public long totalBytes() {
    bytesLock.lock();
    try {
      return bytes.total();
    } finally {
      bytesLock.unlock();
    }
  }

  @Override
  public void updateDrift(long outTimeMicros) {
    driftLock.lock();
    try {
      drift.update(driftNanos(outTimeMicros));
    } finally {
      driftLock.unlock();
    }
  }

  @Override
  public Duration currentDrift() {
    driftLock.lock();
    try {
      return Duration.ofNanos(drift.current());
    } finally {
      driftLock.unlock();
    }
  }

  @Override
  public Duration maxDrift() {
    driftLock.lock();
    try {
      return Duration.ofNanos(drift.max());
    } finally {
      driftLock.unlock();
    }
  }

  @Override
  public void updateSpeed(double newSpeed) {
    speedLock.lock();
    try {
      speed.update(newSpeed, this);
    } finally {
      speedLock.unlock();
    }
  }

  @Override
  public double speed() {
    speedLock.lock();
    try {
      return speed.current();
    } finally {
      speedLock.unlock();
    }
  }

  @Override
  public boolean isStalled() {
    speedLock.lock();
    try {
      return speed.isStalled(this);
    } finally {
      speedLock.unlock();
    }
  }

  @Override
  void updatePeakDropRate(double rate) {
    peakDropRateLock.lock();
    try {
      peakDropRate.update(rate);
    } finally {
      peakDropRateLock.unlock();
    }
  }

  @Override
  public double peakDropRate() {
    peakDropRateLock.lock();
    try {
      return peakDropRate.peak();
    } finally {
      peakDropRateLock.unlock();
    }
  }

  @Override
  public void recordSegmentSize(long size) {
    segmentSizesLock.lock();
    try {
      segmentSizes.record(size);
    } finally {
      segmentSizesLock.unlock();
    }
  }

  @Override
  public long averageSegmentSize() {
    segmentSizesLock.lock();
    try {
      return segmentSizes.average();
    } finally {
      segmentSizesLock.unlock();
    }
  }
}
