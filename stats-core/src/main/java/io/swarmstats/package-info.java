/**
 * Statistics for swarms of concurrent clients.
 *
 * <p>A {@link io.swarmstats.ClientStats} is the record of one client: any thread may write it, at
 * any time, and no writer ever waits for another thread. A {@link io.swarmstats.StatsAggregator}
 * holds the clients of a swarm and turns them into immutable {@link io.swarmstats.AggregatedStats}
 * snapshots.
 *
 * <h2>The contract</h2>
 *
 * <p><b>A snapshot may be stale, never impossible.</b>
 *
 * <ul>
 *   <li>Every total and every maximum in a snapshot is at least what it was when the read that made
 *       it began, and at most what it was when the read ended; one that rises by one at a time was
 *       true at some moment in between. Every relation between numbers that the domain guarantees
 *       (dropped lines are read lines, current drift is at most the maximum, totals never fall)
 *       holds in every snapshot. A count of clients in some state, and an average over clients,
 *       takes each client at its own moment of the read.
 *   <li>Nothing recorded is lost or counted twice, over any number of restarts and removals.
 *   <li>A recording method never blocks, never throws and never logs. What it cannot accept (a
 *       negative count, an update that comes after the end of its process run or of its client)
 *       changes nothing and is counted in {@code rejectedUpdates}. An update that is overtaken by
 *       such an end, in another thread, is counted there too, and may have been applied in part.
 *   <li>A call that returned before a read began is in what that read returns, whichever threads
 *       made them, as long as the end of the call happens before the start of the read in the sense
 *       of the Java Memory Model.
 * </ul>
 *
 * <h2>Words</h2>
 *
 * <p>A <em>client</em> is one simulated viewer. A <em>process run</em> is one FFmpeg process of
 * that client: a client restarts its process, and everything FFmpeg reports (total_size, out_time,
 * line counts) starts again at 0. An <em>epoch</em> is the aggregator's life between two resets. A
 * <em>reader</em> is one consumer of snapshots with its own window for instantaneous rates.
 *
 * <h2>Common to all types</h2>
 *
 * <p>Every type here is safe for use by any number of threads at once, and a reference to any of
 * them may be handed to another thread by a data race. Unless an element says otherwise, arguments
 * and results are never null, and null is answered by {@link java.lang.NullPointerException}.
 * Per-second figures end in {@code PerSecond}; ratios are between 0 and 1 and are called rate.
 */
@NullMarked
package io.swarmstats;

import org.jspecify.annotations.NullMarked;
