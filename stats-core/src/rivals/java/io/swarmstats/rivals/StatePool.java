package io.swarmstats.rivals;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Go's {@code sync.Pool}, as far as the documents use it: each thread gets back first what it put
 * last. Go's pool can also hand one processor what another has put; that form of fault C5, which
 * needs no reuse by the same thread, does not come up here.
 */
final class StatePool<T> {

  private final Supplier<T> maker;
  private final ThreadLocal<ArrayDeque<T>> free = ThreadLocal.withInitial(ArrayDeque::new);

  StatePool(Supplier<T> maker) {
    this.maker = maker;
  }

  T get() {
    T pooled = free.get().pollFirst();
    return pooled == null ? maker.get() : pooled;
  }

  void put(T state) {
    free.get().addFirst(state);
  }
}
