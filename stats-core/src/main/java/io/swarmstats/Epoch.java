package io.swarmstats;

import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.snapshot.ClientSummary;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/*
 * Membership (G11). A registry is immutable. Adding and removing replace the whole registry with
 * one compare-and-set, which publishes the new tree and the new totals. The partner is the load of
 * the registry in each operation. So a reader finds a client either live or departed.
 *
 * A client is closed before it departs. Its figures are then final, and the totals of the departed
 * get exactly these figures. A reader that still finds the client live reads the same figures
 * (G10).
 *
 * The method add loads a registry without the client, and then asks whether the client is closed.
 * In the other order, the client could depart between the two steps. The compare-and-set would make
 * a departed client live again.
 *
 * Epochs (G13). An operation loads the epoch of the aggregator once, and works on this epoch to the
 * end. After a reset, nothing of the operation shows in the new epoch.
 */

/** The life of an aggregator between two resets: start, clients and wall times. */
final class Epoch {

  private final long number;
  private final Instant startTime;
  private final long startNanos;
  private final AtomicReference<Registry> registry = new AtomicReference<>(Registry.EMPTY);
  private final LatencyHistogram segmentWallTimes = new LatencyHistogram();

  private Epoch(long number, Instant startTime, TimeSource time) {
    this.number = number;
    this.startTime = startTime;
    this.startNanos = time.nanoTime();
  }

  /** Returns the first epoch of an aggregator. */
  static Epoch first(TimeSource time) {
    return new Epoch(0, instant(time), time);
  }

  /**
   * Returns an epoch that begins now. Its start time is later than the start time of this epoch.
   */
  Epoch next(TimeSource time) {
    Instant now = instant(time);
    // the start time identifies the epoch of a snapshot, and a clock can stand still or go back
    return new Epoch(number + 1, now.isAfter(startTime) ? now : startTime.plusNanos(1), time);
  }

  private static Instant instant(TimeSource time) {
    return Objects.requireNonNull(time.instant(), "instant() must not return null");
  }

  /** Returns the number of this epoch in its aggregator, from 0. */
  long number() {
    return number;
  }

  Instant startTime() {
    return startTime;
  }

  long elapsedNanos(long nanoTime) {
    return Math.max(0, nanoTime - startNanos);
  }

  Registry registry() {
    return registry.get();
  }

  LatencyHistogram segmentWallTimes() {
    return segmentWallTimes;
  }

  /**
   * Adds a client. A different client with the same id is closed and departs.
   *
   * @throws IllegalStateException if the client is closed and not live
   */
  void add(ClientStats client) {
    ClientStats replaced = null;
    while (true) {
      Registry before = registry.get();
      ClientStats known = before.live().get(client.clientId());
      if (known == client) {
        return;
      }
      boolean closed = client.isClosed();
      if (closed && (known == null || known != replaced)) {
        throw new IllegalStateException("client must not be closed: clientId " + client.clientId());
      }
      Registry freed = before;
      if (known != null) {
        known.close();
        freed = before.without(known);
      }
      // if another thread closed the new client after the check, the replaced client still departs
      if (registry.compareAndSet(before, closed ? freed : freed.with(client)) && !closed) {
        return;
      }
      replaced = known;
    }
  }

  /** Closes and removes a client. Returns empty if no client with this id is live. */
  Optional<ClientSummary> remove(int clientId) {
    while (true) {
      Registry before = registry.get();
      ClientStats client = before.live().get(clientId);
      if (client == null) {
        return Optional.empty();
      }
      // all allocations come before the compare-and-set: a full heap must not lose the summary
      Optional<ClientSummary> last = Optional.of(client.summary(client.close()));
      if (registry.compareAndSet(before, before.without(client))) {
        return last;
      }
    }
  }
}
