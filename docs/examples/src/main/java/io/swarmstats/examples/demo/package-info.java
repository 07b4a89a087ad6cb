/**
 * The demo: several threads replay the recorded swarm as a live swarm, and a dashboard shows the
 * library at work. At the end the demo compares all totals with the recording.
 *
 * <p>The package uses the public API of the library and the recording of
 * {@code io.swarmstats.examples.replay}.
 */
@NullMarked
package io.swarmstats.examples.demo;

import org.jspecify.annotations.NullMarked;
