/**
 * Benchmarks: one class asks one question. They use the library as any other program would, and
 * nothing depends on them. Here are those that belong to none of the packages below, and what the
 * packages share.
 */
@NullMarked
package io.swarmstats.jmh;

import org.jspecify.annotations.NullMarked;
