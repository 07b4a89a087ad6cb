package io.swarmstats.examples.replay;

/**
 * One event of one client of a recorded swarm.
 *
 * @param atMicros microseconds since the start of the recording
 * @param client the recorded client
 * @param action the kind of event, with its values
 */
public record Event(long atMicros, int client, Action action) {

  /** The kinds of event. */
  public sealed interface Action {

    /** Makes the calls with which an application records this event. */
    void recordTo(ClientRecorder client);
  }

  /** A new FFmpeg process began. */
  public record ProcessStart() implements Action {

    @Override
    public void recordTo(ClientRecorder client) {
      client.startProcess();
    }
  }

  /** FFmpeg requested a playlist. */
  public record ManifestRequest() implements Action {

    @Override
    public void recordTo(ClientRecorder client) {
      client.stats().incrementManifestRequests();
    }
  }

  /** FFmpeg requested a media segment. */
  public record SegmentRequest() implements Action {

    @Override
    public void recordTo(ClientRecorder client) {
      client.stats().incrementSegmentRequests();
    }
  }

  /** FFmpeg requested an initialization segment. */
  public record InitRequest() implements Action {

    @Override
    public void recordTo(ClientRecorder client) {
      client.stats().incrementInitRequests();
    }
  }

  /** FFmpeg requested something else. */
  public record UnknownRequest() implements Action {

    @Override
    public void recordTo(ClientRecorder client) {
      client.stats().incrementUnknownRequests();
    }
  }

  /** A request was answered by an HTTP error. */
  public record HttpError(int statusCode) implements Action {

    @Override
    public void recordTo(ClientRecorder client) {
      client.stats().recordHttpError(statusCode);
    }
  }

  /** FFmpeg reconnected. */
  public record Reconnection() implements Action {

    @Override
    public void recordTo(ClientRecorder client) {
      client.stats().recordReconnection();
    }
  }

  /** A request timed out. */
  public record Timeout() implements Action {

    @Override
    public void recordTo(ClientRecorder client) {
      client.stats().recordTimeout();
    }
  }

  /** FFmpeg reported its progress. The values -1, -1 and NaN mean "not reported". */
  public record Progress(long totalSize, long outTimeMicros, double speed) implements Action {

    @Override
    public void recordTo(ClientRecorder client) {
      client.run().onProgress(totalSize, outTimeMicros, speed);
    }
  }

  /** The lines read from the current process so far, and how many of them were dropped. */
  public record Lines(long progressRead, long progressDropped, long stderrRead, long stderrDropped)
      implements Action {

    @Override
    public void recordTo(ClientRecorder client) {
      client.run().recordDroppedLines(progressRead, progressDropped, stderrRead, stderrDropped);
    }
  }

  /** A media segment was downloaded. */
  public record SegmentDone(long wallMicros, long bytes) implements Action {

    /** Returns the duration of the download. */
    public long wallNanos() {
      return wallMicros * 1000;
    }

    @Override
    public void recordTo(ClientRecorder client) {
      client.aggregator().recordSegmentWallTime(wallNanos());
      client.stats().recordSegmentSize(bytes);
    }
  }
}
