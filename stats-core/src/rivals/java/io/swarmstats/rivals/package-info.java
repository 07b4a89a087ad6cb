/**
 * The library's rivals: what two design documents of a load tester written in Go describe, built as
 * they describe it, faults included, so that tests, stress tests and benchmarks can hold the
 * library against it. Not for use: never in the published jar.
 *
 * <p>The documents are the <em>analysis</em> (of the mutexes, and how to convert them) and the
 * <em>plan</em> (of the migration to atomics). Each rival names its section and the faults that it
 * keeps, by the numbers of {@code docs/testing.md}. All use the library's configuration and clock,
 * and the JDK's nearest relative of Go's type: {@code AtomicLong} for {@code atomic.Int64},
 * {@code AtomicReference} for {@code atomic.Value}, {@code ConcurrentHashMap} for {@code sync.Map}.
 *
 * <p>{@link io.swarmstats.rivals.Client} and {@link io.swarmstats.rivals.Aggregator} are what all
 * have in common, the library by {@link io.swarmstats.rivals.ShippedClient} and
 * {@link io.swarmstats.rivals.ShippedAggregator}; the enums
 * {@link io.swarmstats.rivals.ClientContender} and {@link io.swarmstats.rivals.AggregatorContender}
 * make one of each.
 */
@NullMarked
package io.swarmstats.rivals;

import org.jspecify.annotations.NullMarked;
