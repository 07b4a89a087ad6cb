/**
 * The immutable results that readers get.
 *
 * <p>{@link io.swarmstats.snapshot.AggregatedStats} is a snapshot of a swarm, and
 * {@link io.swarmstats.snapshot.ClientSummary} is a snapshot of one client. The other records are
 * parts of these two. {@link io.swarmstats.snapshot.ExitSummary} prints a snapshot.
 *
 * <p>No object of this package changes after its construction, and none refers to a live client.
 * You can keep and compare these objects, and pass them to any thread.
 *
 * <p>This package may use {@code io.swarmstats.latency} and {@code io.swarmstats.internal} only.
 */
@NullMarked
package io.swarmstats.snapshot;

import org.jspecify.annotations.NullMarked;
