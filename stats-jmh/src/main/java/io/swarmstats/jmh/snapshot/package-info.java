/** Benchmarks of readers: what a snapshot costs, and what a snapshot costs other threads. */
@NullMarked
package io.swarmstats.jmh.snapshot;

import org.jspecify.annotations.NullMarked;
