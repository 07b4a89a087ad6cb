/**
 * Statistics for swarms of concurrent clients: recorded by many threads, read as immutable
 * snapshots.
 *
 * <p>The module does no I/O and starts no thread. Everything a user needs is in
 * {@link io.swarmstats}.
 */
module io.swarmstats {
  requires static transitive org.jspecify;

  exports io.swarmstats;
}
