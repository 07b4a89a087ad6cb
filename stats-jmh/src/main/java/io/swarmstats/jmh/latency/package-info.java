/** What percentiles cost: to record, to look at, to merge, to keep. */
@NullMarked
package io.swarmstats.jmh.latency;

import org.jspecify.annotations.NullMarked;
