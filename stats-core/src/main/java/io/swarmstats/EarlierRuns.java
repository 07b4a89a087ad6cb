package io.swarmstats;

/**
 * The totals of all earlier process runs of a client: the base of a run.
 *
 * <p>The thread that starts a run fills the object. Once the run is published, nobody changes it.
 */
final class EarlierRuns {

  /** The base of the first run. Nobody changes this object. */
  static final EarlierRuns NONE = new EarlierRuns();

  long bytes;
  long progressRead;
  long progressDropped;
  long stderrRead;
  long stderrDropped;
  long waitedNanos;
  long stalls;
  long maxDriftNanos;
  double peakDropRate;
  long processStarts;
}
