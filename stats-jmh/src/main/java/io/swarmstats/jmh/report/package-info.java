/**
 * Writes the pages and charts in {@code docs/evidence}, and compares the figures with the budgets.
 *
 * <p>{@link io.swarmstats.jmh.report.Published} and {@link io.swarmstats.jmh.report.Mutexes} say
 * which benchmarks are published; no other class knows a benchmark by name. No benchmark depends on
 * this package, and the libraries that it needs are not in {@code benchmarks.jar}.
 */
@NullMarked
package io.swarmstats.jmh.report;

import org.jspecify.annotations.NullMarked;
