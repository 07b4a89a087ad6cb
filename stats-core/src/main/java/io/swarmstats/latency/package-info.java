/**
 * Distributions of latencies.
 *
 * <p>Many threads record into one {@link io.swarmstats.latency.LatencyHistogram}. Its
 * {@link io.swarmstats.latency.LatencyHistogram#snapshot()} is an immutable
 * {@link io.swarmstats.latency.LatencySnapshot} with percentiles.
 *
 * <p>Locks and the t-digest library are used here and nowhere else. This package may use
 * {@code io.swarmstats.internal} only.
 */
@NullMarked
package io.swarmstats.latency;

import org.jspecify.annotations.NullMarked;
