/**
 * Benchmarks of metrics libraries that a program may already use, with the work of SwarmStats. The
 * work is to keep thirteen counters per client, and to add them up over the swarm a few times a
 * second.
 *
 * <p>Each {@link io.swarmstats.jmh.peers.Peer} has the settings that its documentation recommends
 * for hot paths. The benchmarks read a peer in the fastest way of its public API. Each remaining
 * choice favours the peer:
 *
 * <ul>
 *   <li>Each counter has one name and one label, the client. No second label has to be told apart.
 *   <li>Label, tag and attribute objects are made once per client.
 *   <li>Exemplars are off.
 *   <li>The table of counters has no gaps.
 * </ul>
 *
 * <p>HdrHistogram is no peer here, because HdrHistogram has distributions and no counters. The
 * package {@code io.swarmstats.jmh.latency} measures HdrHistogram.
 *
 * <p>Micrometer's Prometheus registry is no peer either. Recording and reading by handle work as in
 * Micrometer itself, and its scrape is the scrape of Prometheus.
 */
@NullMarked
package io.swarmstats.jmh.peers;

import org.jspecify.annotations.NullMarked;
