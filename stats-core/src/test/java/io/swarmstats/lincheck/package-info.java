/**
 * Tests in which Lincheck explores the interleavings of three threads one by one. These tests are
 * for protocols with more than two steps.
 *
 * <p>The tests use the public API of the library. Beside each test of the library is a twin, a
 * model of a few lines with one step weakened. Lincheck must find the fault of the twin. Lincheck
 * explores only interleavings. The stress tests of {@code stats-jcstress} check the effects of
 * memory order.
 */
@NullMarked
package io.swarmstats.lincheck;

import org.jspecify.annotations.NullMarked;
