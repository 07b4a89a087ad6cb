/**
 * Distributions of latencies.
 *
 * <p>Many threads record into one {@link io.swarmstats.latency.LatencyDigest}. Its method
 * {@link io.swarmstats.latency.LatencyDigest#snapshot() snapshot} returns an immutable
 * {@link io.swarmstats.latency.LatencySnapshot} with percentiles.
 *
 * <p>This package is the only user of locks and of the t-digest library. This package may use
 * {@code io.swarmstats.internal} only.
 */
@NullMarked
package io.swarmstats.latency;

import org.jspecify.annotations.NullMarked;
