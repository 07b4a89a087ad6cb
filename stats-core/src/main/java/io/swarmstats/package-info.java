/**
 * Records the statistics of many concurrent clients, and takes immutable snapshots of all of them.
 *
 * <p>A {@link io.swarmstats.ClientStats} records one client. A
 * {@link io.swarmstats.StatsAggregator} holds the clients of a swarm and returns snapshots:
 * {@link io.swarmstats.snapshot.AggregatedStats}.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li>A <em>client</em> is one simulated user of the load test, who plays one stream.
 *   <li>A <em>process run</em>, or run, is the record of one FFmpeg process of a client. A client
 *       restarts its process. In each process FFmpeg counts bytes, time and lines from 0.
 *   <li>The <em>viewer</em> of a run is a simulated person. The viewer plays the media of the run
 *       at speed 1, and waits whenever the media runs out.
 *   <li>A client is <em>stalled</em> if one of three states has lasted for longer than the stall
 *       duration: reports were slow, the viewer had no media, or the viewer has not begun to play.
 *       {@link io.swarmstats.ProcessRun#onProgress} defines a slow report.
 *   <li>A client is <em>silent</em> if its process has not reported its progress for longer than
 *       the silence duration.
 *   <li>A client is <em>live</em> in an aggregator from its addition to its removal or replacement.
 *       Afterwards the client is <em>departed</em>, and its final figures stay in the totals.
 *   <li>An <em>epoch</em> is the life of an aggregator between two resets.
 *   <li>A <em>reader</em> is a consumer of snapshots with its own window for instantaneous rates.
 *   <li>A line of FFmpeg's output is <em>dropped</em> if your thread reads the line and skips it
 *       unparsed. Dropped lines count as read lines too.
 *   <li>An update that is <em>rejected</em> changes no figure and adds 1 to
 *       {@code rejectedUpdates}.
 * </ul>
 *
 * <h2>The contract</h2>
 *
 * <p><b>A snapshot may be stale, never impossible.</b>
 *
 * <ul>
 *   <li>Each total and each maximum in a snapshot is between its value at the start of the read and
 *       its value at the end. If a number rises only in steps of one, the number had this value
 *       during the read.
 *   <li>Within an epoch no total falls. In every snapshot, dropped lines never exceed read lines,
 *       no current drift exceeds its maximum, and no client's average segment size exceeds its
 *       downloaded bytes.
 *   <li>A snapshot visits one client after another. A count of clients in a state, and an average
 *       over clients, therefore mix moments of the read.
 *   <li>Each wait of a viewer counts once. A wait is in the totals from the next report with media
 *       on, or from the end of the run on.
 *   <li>Nothing recorded is lost or counted twice, over any number of restarts and removals.
 *   <li>A recording method never blocks, never throws and never logs. A recording method rejects an
 *       update that breaks a rule, or that comes after the end of its run or client.
 *   <li>The end of a run or client can overtake an update in another thread. The update then counts
 *       as rejected, but may be applied in part.
 *   <li>A read includes every call that happens before the read, in the sense of the Java Memory
 *       Model.
 * </ul>
 *
 * <p>The page {@code docs/guarantees.md} of the project numbers these promises (G1 to G18) and
 * names the test of each.
 *
 * <h2>Common to all public types</h2>
 *
 * <p>Any number of threads may use an object at the same time. A thread may pass a reference to
 * another thread by a data race. Unless an element says otherwise, arguments and results are never
 * null, and a null argument causes a {@link java.lang.NullPointerException}. Per-second figures end
 * in {@code PerSecond}. Ratios are between 0 and 1 and are called rate.
 *
 * <h2>Packages</h2>
 *
 * <ul>
 *   <li>{@code io.swarmstats} records, knows the live clients, and takes snapshots. The package may
 *       use the three packages below; none of these may use {@code io.swarmstats}.
 *   <li>{@link io.swarmstats.snapshot} contains the immutable results.
 *   <li>{@link io.swarmstats.latency} contains the distribution of wall times.
 *   <li>{@code io.swarmstats.internal} contains lock-free steps and arithmetic. The module does not
 *       export this package.
 * </ul>
 */
@NullMarked
package io.swarmstats;

import org.jspecify.annotations.NullMarked;
