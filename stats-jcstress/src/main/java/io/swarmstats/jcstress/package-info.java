/**
 * Stress tests of the promises.
 *
 * <p>Class {@code X} tests the library and states the promise; {@code XRivals} tests the documents'
 * variants, and {@code XTwins} tests weakened copies, which prove that the tests of {@code X} can
 * fail. Every public nested class is one test.
 *
 * <p>A comment at the head of each class shows how to run its tests, and what a run of all tests
 * saw. A sample is bad if its outcome breaks the promise. The library must have <em>held</em>. A
 * variant has held, or is <em>broken</em>. A twin with a bad sample was <em>caught</em>. <em>Not
 * seen</em> means that a test expects a bad outcome which the run did not produce.
 *
 * <p>The tests use the library as any other program would. Nothing depends on this package.
 */
@NullMarked
package io.swarmstats.jcstress;

import org.jspecify.annotations.NullMarked;
