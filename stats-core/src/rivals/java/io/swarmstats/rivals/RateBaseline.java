package io.swarmstats.rivals;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The previous snapshot that all readers of one aggregator share: analysis 2.1, {@code snapshotMu}
 * and {@code prevSnapshot}.
 *
 * <p>Faults kept by both forms: H1, a reader shortens the window of another; H2, the load and the
 * store of one aggregate are two steps; H7, an aggregate that began before a reset stores after it,
 * unless the aggregator has a lock that keeps them apart.
 */
public interface RateBaseline {

  /** What the next rates are the difference to. */
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

  /** Behind a lock that is taken twice, as printed. */
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

  /** Loaded and stored, as converted. */
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
