package io.swarmstats;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/*
 * Why stamps order operations.
 *
 * A write before a read. A writer changes a cell and then looks at the clock. A reader advances the
 * clock and then reads the cell. If the writer saw a smaller stamp than the reader set, the writer
 * looked before the reader advanced, so the reader must find the change. Each side has a store
 * followed by a load, so both need a full fence in between.
 *
 * A read before a write. A reader reads and then advances the clock. A writer that sees this stamp,
 * or a later one, began after the read. Release and acquire are enough.
 */

/**
 * A logical clock. If two operations in different threads do not overlap, their stamps tell which
 * operation came first.
 *
 * <p>A stamp expresses order, not time. Updates are frequent and only look at the clock. Reads,
 * restarts and removals are rare and advance the clock. The stamps therefore order an update
 * against a rare operation. They do not order two updates, and so make no update wait for another.
 */
final class EventClock {
  private final AtomicInteger events = new AtomicInteger();

  /** Returns the stamp for the start or the end of an update. */
  int now() {
    VarHandle.fullFence();
    return events.get();
  }

  /** Advances the clock and returns the stamp for the start or the end of a rare operation. */
  int tick() {
    int stamp = events.incrementAndGet();
    VarHandle.fullFence();
    return stamp;
  }
}
