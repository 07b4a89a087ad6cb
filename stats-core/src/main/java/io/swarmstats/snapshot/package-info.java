/**
 * What a reader gets: immutable values, made by {@code io.swarmstats} and read by anybody.
 *
 * <p>{@link io.swarmstats.snapshot.AggregatedStats} is one snapshot of a swarm,
 * {@link io.swarmstats.snapshot.ClientSummary} of one client. The other records are their parts.
 * Nothing here can change after its construction, and nothing refers to a live client. So a
 * snapshot may be kept, compared and handed to any thread.
 *
 * <p>This package may use {@code io.swarmstats.latency} and {@code io.swarmstats.internal} only.
 */
@NullMarked
package io.swarmstats.snapshot;

import org.jspecify.annotations.NullMarked;
