/**
 * The recording of a real FFmpeg swarm as a list of events. A test replays the events with a manual
 * clock and compares every figure with expected results that a separate program computed.
 *
 * <p>The package uses only the public API of the library.
 */
@NullMarked
package io.swarmstats.examples.replay;

import org.jspecify.annotations.NullMarked;
