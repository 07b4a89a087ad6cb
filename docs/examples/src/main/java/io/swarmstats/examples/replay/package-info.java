/**
 * The recording of a real FFmpeg swarm, and the test that replaying it gives what it must.
 *
 * <p>Uses the public API of the library and a clock that is moved by hand.
 */
@NullMarked
package io.swarmstats.examples.replay;

import org.jspecify.annotations.NullMarked;
