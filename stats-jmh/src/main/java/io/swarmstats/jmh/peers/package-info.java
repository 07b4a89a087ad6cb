/**
 * Benchmarks of the metrics libraries that a program may already have, on the library's own work:
 * thirteen counters for each client of a swarm, summed up over the swarm a few times a second.
 *
 * <p>Each {@link io.swarmstats.jmh.peers.Peer} is set up as its documentation recommends for hot
 * paths and read in the fastest way that its public API has. Where a choice remained it was made in
 * the peer's favour: one name for each counter and one label, the client, so that no second label
 * has to be told apart; label, tag and attribute objects made once for each client; no exemplars; a
 * table of counters without a gap.
 *
 * <p>HdrHistogram is not here. It has no counters, only distributions, and is measured where the
 * library's percentiles are. Nor is Micrometer's Prometheus registry: its counters are recorded and
 * read by handle as those of Micrometer's own, and its scrape is that of Prometheus.
 */
@NullMarked
package io.swarmstats.jmh.peers;

import org.jspecify.annotations.NullMarked;
