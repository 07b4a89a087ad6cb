/**
 * Benchmarks: one class asks one question. They use the library as any other program would, and
 * nothing depends on them.
 */
@NullMarked
package io.swarmstats.jmh;

import org.jspecify.annotations.NullMarked;
