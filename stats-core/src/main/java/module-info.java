/**
 * Statistics for many concurrent clients: any number of threads record, and readers take immutable
 * snapshots.
 *
 * <p>Start with {@link io.swarmstats}. The module does no I/O and starts no thread.
 */
module io.swarmstats {
  requires static transitive org.jspecify;

  exports io.swarmstats;
  exports io.swarmstats.latency;
  exports io.swarmstats.snapshot;
}
