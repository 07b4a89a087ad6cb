/**
 * Benchmarks of writers: what each recording method costs, alone and with two threads on one
 * client.
 */
@NullMarked
package io.swarmstats.jmh.recording;

import org.jspecify.annotations.NullMarked;
