/**
 * Distributions of latencies.
 *
 * <p>Many threads record into one {@link io.swarmstats.latency.LatencyHistogram}. Its method
 * {@link io.swarmstats.latency.LatencyHistogram#snapshot() snapshot} returns an immutable
 * {@link io.swarmstats.latency.LatencySnapshot} with buckets and percentiles.
 *
 * <p>This package is the only user of the t-digest library. This package may use
 * {@code io.swarmstats.internal} only.
 */
@NullMarked
package io.swarmstats.latency;

import org.jspecify.annotations.NullMarked;
