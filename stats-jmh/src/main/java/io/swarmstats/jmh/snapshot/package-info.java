/** What a reader pays: a snapshot of swarms of all sizes, and what it costs those beside it. */
@NullMarked
package io.swarmstats.jmh.snapshot;

import org.jspecify.annotations.NullMarked;
