/**
 * The rivals of the library: the variants that two design documents of a Go load tester describe,
 * rebuilt in Java with their faults. Tests, stress tests and benchmarks compare the library with
 * the rivals. The published jar never contains them.
 *
 * <p>The <em>analysis</em> goes through the mutexes of the load tester, and the <em>plan</em>
 * replaces the mutexes with atomics. The Javadoc of each rival names its section in the documents
 * and its faults. {@code docs/study/faults-of-the-originals.md} explains the labels of the faults,
 * and {@code docs/study/rivals.md} lists all rivals. A rival uses the library's configuration and
 * clock, and the nearest type of the JDK: {@code AtomicLong} for {@code atomic.Int64},
 * {@code AtomicReference} for {@code atomic.Value}, {@code ConcurrentHashMap} for {@code sync.Map}.
 *
 * <p>Library and rivals share the interfaces {@link io.swarmstats.rivals.Client} and
 * {@link io.swarmstats.rivals.Aggregator}. {@link io.swarmstats.rivals.ShippedClient} and
 * {@link io.swarmstats.rivals.ShippedAggregator} adapt the library. The enums
 * {@link io.swarmstats.rivals.ClientContender} and {@link io.swarmstats.rivals.AggregatorContender}
 * create one contender of each kind.
 */
@NullMarked
package io.swarmstats.rivals;

import org.jspecify.annotations.NullMarked;
