/**
 * Turns what JMH measured into the generated parts of {@code docs/benchmarks.md} and
 * {@code docs/mutex-to-atomic.md} and into charts, and holds it against the budgets.
 *
 * <p>{@link io.swarmstats.jmh.report.Published} and {@link io.swarmstats.jmh.report.Mutexes} say
 * what is published; the rest does not know one benchmark from another. Nothing here is part of a
 * benchmark, and the libraries that it needs are not in {@code benchmarks.jar}.
 */
@NullMarked
package io.swarmstats.jmh.report;

import org.jspecify.annotations.NullMarked;
