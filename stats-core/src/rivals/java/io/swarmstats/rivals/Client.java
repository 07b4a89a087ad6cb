package io.swarmstats.rivals;

import java.time.Duration;
import java.util.Map;

/** What the library and its rivals have in common: the statistics of one client. */
public interface Client {

  int clientId();

  Duration uptime();

  void incrementManifestRequests();

  long manifestRequests();

  void incrementSegmentRequests();

  long segmentRequests();

  void incrementInitRequests();

  long initRequests();

  void incrementUnknownRequests();

  long unknownRequests();

  void recordHttpError(int statusCode);

  /** Returns the counts that are not zero, by status code. */
  Map<Integer, Long> httpErrors();

  void recordReconnection();

  long reconnections();

  void recordTimeout();

  long timeouts();

  void onProcessStart();

  void updateCurrentBytes(long totalSize);

  long totalBytes();

  void updateDrift(long outTimeMicros);

  Duration currentDrift();

  Duration maxDrift();

  boolean hasHighDrift();

  void updateSpeed(double speed);

  double speed();

  boolean isStalled();

  /** Records one progress report, which is three calls for a rival. */
  default void onProgress(long totalSize, long outTimeMicros, double speed) {
    updateCurrentBytes(totalSize);
    updateDrift(outTimeMicros);
    updateSpeed(speed);
  }

  void recordDroppedLines(
      long progressRead, long progressDropped, long stderrRead, long stderrDropped);

  double currentDropRate();

  double peakDropRate();

  void recordSegmentSize(long bytes);

  long averageSegmentSize();
}
