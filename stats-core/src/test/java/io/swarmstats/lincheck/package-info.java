/**
 * Interleavings of three threads, explored one by one by Lincheck, for the protocols that have more
 * than two steps.
 *
 * <p>Uses the public API of the library. Beside each state of the library stands a model of a few
 * lines with one edge removed, in which Lincheck has to find the fault. Interleavings only: what
 * memory order allows beyond them is for the stress tests of {@code stats-jcstress}.
 */
@NullMarked
package io.swarmstats.lincheck;

import org.jspecify.annotations.NullMarked;
