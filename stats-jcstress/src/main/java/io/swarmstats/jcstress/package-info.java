/**
 * Stress tests of the promises.
 *
 * <p>Class {@code X} tests the library and states the promise; {@code XRivals} tests the documents'
 * variants, and {@code XTwins} tests weakened copies, which prove that the tests of {@code X} can
 * fail. Every public nested class is one test.
 *
 * <p>A comment at the head of each class shows how to run its tests, and the results of one run. A
 * sample is bad if its outcome breaks the promise. A test of the library must have <em>held</em>:
 * no sample was bad. A test of a variant has held, or is <em>broken</em>. A twin with a bad sample
 * was <em>caught</em>. <em>Not seen</em> means that a test expects a bad outcome, but the run did
 * not produce one.
 *
 * <p>The tests use the library as any other program would. Nothing depends on this package.
 */
@NullMarked
package io.swarmstats.jcstress;

import org.jspecify.annotations.NullMarked;
