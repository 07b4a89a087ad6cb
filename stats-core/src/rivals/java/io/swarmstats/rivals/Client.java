package io.swarmstats.rivals;

import java.time.Duration;
import java.util.Map;

/** The statistics of one client that the library and its rivals share. */
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

  /** Returns the counts above zero by status code. */
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

  /** Records one progress report. A rival takes it in three calls. */
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
