/**
 * The recorded swarm as a live one, with a dashboard: shows the library at work, and checks the
 * totals at the end.
 *
 * <p>Uses the public API of the library, and the recording of
 * {@code io.swarmstats.examples.replay}.
 */
@NullMarked
package io.swarmstats.examples.demo;

import org.jspecify.annotations.NullMarked;
