package io.swarmstats.rivals;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Go's {@code sync.Pool}, as far as the documents use the pool. Each thread first gets the state
 * that it returned last. Go's pool can also give a thread the state that another thread returned.
 * That form of fault C5, which needs no reuse by the same thread, cannot occur here.
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
