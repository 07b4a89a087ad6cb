/** Benchmarks of percentiles: what they cost to record, read, merge and retain. */
@NullMarked
package io.swarmstats.jmh.latency;

import org.jspecify.annotations.NullMarked;
