package io.swarmstats;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/*
 * Why a stamp tells what came first.
 *
 * Writing before reading. A writer changes a cell, then looks at the clock; a reader advances the
 * clock, then reads the cell. If the writer saw less than the reader made it, the look came before
 * the advance, and the reader must find the change. That is a store and a load on either side, so
 * both need a full fence in between.
 *
 * Reading before writing. A reader reads, then advances the clock; a writer that sees the clock
 * there, or further, began after it. Release and acquire are enough.
 */

/**
 * A logical clock that tells of two operations in different threads which one ended before the
 * other began, if they did not overlap.
 *
 * <p>Its stamps are for order only; they are no time. The many operations on one side (updates)
 * only look at it, the few on the other (reads, restarts, removals) advance it. So of an update and
 * one of the few it tells the order; of two updates it does not, and does not make them wait for
 * each other either.
 */
final class EventClock {
  private final AtomicInteger events = new AtomicInteger();

  /** Returns the stamp for the start or the end of one of the many. */
  int now() {
    VarHandle.fullFence();
    return events.get();
  }

  /** Advances the clock, and returns the stamp for the start or the end of one of the few. */
  int tick() {
    int stamp = events.incrementAndGet();
    VarHandle.fullFence();
    return stamp;
  }
}
