/**
 * Benchmarks of latency distributions: the cost to record, read, subtract, merge and retain them.
 *
 * <p>All classes measure briefly in five forks. The figures of threads that contend differ more
 * between forks than within a fork, and the whole package takes less than half an hour.
 */
@NullMarked
package io.swarmstats.jmh.latency;

import org.jspecify.annotations.NullMarked;
