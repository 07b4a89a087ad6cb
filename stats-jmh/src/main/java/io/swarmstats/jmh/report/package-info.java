/**
 * Writes the pages and charts in {@code docs/evidence}, and compares the figures with the budgets.
 *
 * <p>{@link io.swarmstats.jmh.report.Published} and {@link io.swarmstats.jmh.report.Mutexes} name
 * the published benchmarks. The other classes name no benchmark. No benchmark depends on this
 * package, and {@code benchmarks.jar} does not contain the libraries of this package.
 */
@NullMarked
package io.swarmstats.jmh.report;

import org.jspecify.annotations.NullMarked;
