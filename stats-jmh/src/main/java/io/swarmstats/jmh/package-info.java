/**
 * Benchmarks: each class asks one question. Nothing depends on the benchmarks.
 *
 * <p>The benchmarks use the public API of the library, with two exceptions.
 * {@link io.swarmstats.AggregateFloor} and {@code MaximumContender} name cells.
 *
 * <p>This package contains the benchmarks that belong to none of the packages below, and classes
 * that the packages share.
 */
@NullMarked
package io.swarmstats.jmh;

import org.jspecify.annotations.NullMarked;
