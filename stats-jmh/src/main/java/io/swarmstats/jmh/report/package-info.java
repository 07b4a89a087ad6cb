/**
 * Writes the pages and charts in {@code docs/evidence}, and holds the figures against the budgets.
 *
 * <p>{@link io.swarmstats.jmh.report.Published} and {@link io.swarmstats.jmh.report.Mutexes} say
 * which benchmarks are published; the other classes do not know one benchmark from another. No
 * benchmark depends on this package, and the libraries that it needs are not in
 * {@code benchmarks.jar}.
 */
@NullMarked
package io.swarmstats.jmh.report;

import org.jspecify.annotations.NullMarked;
