package io.swarmstats.rivals;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Analysis 2.1, {@code snapshotMu} and {@code prevSnapshot}: the previous snapshot that all readers
 * of one aggregator share.
 *
 * <p>Faults of both forms: H1, a reader shortens the window of another reader; H2, the load and the
 * store of one aggregate are two steps; H7, an aggregate that began before a reset stores after it.
 * A lock of the aggregator can prevent H7.
 */
public interface RateBaseline {

  /** The totals from which the next rates are computed. */
  record Previous(long nanoTime, long manifestRequests, long segmentRequests, long totalBytes) {}

  @Nullable
  Previous load();

  void store(@Nullable Previous previous);

  /** The two forms. */
  enum Form {
    MUTEX,
    ATOMIC;

    RateBaseline create() {
      return switch (this) {
        case MUTEX -> new Mutex();
        case ATOMIC -> new Atomic();
      };
    }
  }

  /** As printed: behind a lock that each aggregate takes twice. */
  final class Mutex implements RateBaseline {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Previous previous;

    @Override
    public @Nullable Previous load() {
      lock.lock();
      try {
        return previous;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void store(@Nullable Previous newPrevious) {
      lock.lock();
      try {
        previous = newPrevious;
      } finally {
        lock.unlock();
      }
    }
  }

  /** As converted: an atomic that each aggregate loads and stores. */
  final class Atomic implements RateBaseline {
    private final AtomicReference<@Nullable Previous> previous = new AtomicReference<>();

    @Override
    public @Nullable Previous load() {
      return previous.get();
    }

    @Override
    public void store(@Nullable Previous newPrevious) {
      previous.set(newPrevious);
    }
  }
}
