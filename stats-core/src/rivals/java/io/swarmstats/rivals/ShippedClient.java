package io.swarmstats.rivals;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsConfig;
import java.time.Duration;
import java.util.Map;

/** Adapts the library's client to the interface that library and rivals share. */
public final class ShippedClient implements Client {

  private final ClientStats stats;

  public ShippedClient(int clientId, StatsConfig config) {
    this(new ClientStats(clientId, config));
  }

  ShippedClient(ClientStats stats) {
    this.stats = stats;
  }

  @Override
  public int clientId() {
    return stats.clientId();
  }

  @Override
  public Duration uptime() {
    return stats.uptime();
  }

  @Override
  public void incrementManifestRequests() {
    stats.incrementManifestRequests();
  }

  @Override
  public long manifestRequests() {
    return stats.manifestRequests();
  }

  @Override
  public void incrementSegmentRequests() {
    stats.incrementSegmentRequests();
  }

  @Override
  public long segmentRequests() {
    return stats.segmentRequests();
  }

  @Override
  public void incrementInitRequests() {
    stats.incrementInitRequests();
  }

  @Override
  public long initRequests() {
    return stats.initRequests();
  }

  @Override
  public void incrementUnknownRequests() {
    stats.incrementUnknownRequests();
  }

  @Override
  public long unknownRequests() {
    return stats.unknownRequests();
  }

  @Override
  public void recordHttpError(int statusCode) {
    stats.recordHttpError(statusCode);
  }

  @Override
  public Map<Integer, Long> httpErrors() {
    return stats.httpErrors();
  }

  @Override
  public void recordReconnection() {
    stats.recordReconnection();
  }

  @Override
  public long reconnections() {
    return stats.reconnections();
  }

  @Override
  public void recordTimeout() {
    stats.recordTimeout();
  }

  @Override
  public long timeouts() {
    return stats.timeouts();
  }

  @Override
  public void onProcessStart() {
    stats.onProcessStart();
  }

  @Override
  public void updateCurrentBytes(long totalSize) {
    stats.updateCurrentBytes(totalSize);
  }

  @Override
  public long totalBytes() {
    return stats.totalBytes();
  }

  @Override
  public void updateDrift(long outTimeMicros) {
    stats.updateDrift(outTimeMicros);
  }

  @Override
  public Duration currentDrift() {
    return stats.currentDrift();
  }

  @Override
  public Duration maxDrift() {
    return stats.maxDrift();
  }

  @Override
  public boolean hasHighDrift() {
    return stats.hasHighDrift();
  }

  @Override
  public void updateSpeed(double speed) {
    stats.updateSpeed(speed);
  }

  @Override
  public double speed() {
    return stats.speed();
  }

  @Override
  public boolean isStalled() {
    return stats.isStalled();
  }

  @Override
  public void onProgress(long totalSize, long outTimeMicros, double speed) {
    stats.onProgress(totalSize, outTimeMicros, speed);
  }

  @Override
  public void recordDroppedLines(
      long progressRead, long progressDropped, long stderrRead, long stderrDropped) {
    stats.recordDroppedLines(progressRead, progressDropped, stderrRead, stderrDropped);
  }

  @Override
  public double currentDropRate() {
    return stats.currentDropRate();
  }

  @Override
  public double peakDropRate() {
    return stats.peakDropRate();
  }

  @Override
  public void recordSegmentSize(long bytes) {
    stats.recordSegmentSize(bytes);
  }

  @Override
  public long averageSegmentSize() {
    return stats.averageSegmentSize();
  }
}
