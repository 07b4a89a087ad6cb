package io.swarmstats;

import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.snapshot.ClientSummary;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/*
 * Membership changes by replacing the registry whole, in one compare-and-set (G11). A client is
 * closed before it departs, so that its figures are final when they are added to the departed ones;
 * and a reader that sees it live for a moment longer sees the same figures (G10).
 *
 * Whether a client may be added is asked after the registry was loaded that does not hold it. Were
 * it asked before, a client could be removed in between, and then be live and departed at once.
 *
 * An epoch never ends for those who began in it: an operation takes the aggregator's epoch once and
 * works on that, so that after a reset nothing of it shows in the new epoch (G13).
 */

/** The aggregator's life between two resets: when it began, its clients, its wall times. */
final class Epoch {

  private final long number;
  private final Instant startTime;
  private final long startNanos;
  private final AtomicReference<Registry> registry = new AtomicReference<>(Registry.EMPTY);
  private final LatencyHistogram segmentWallTimes = new LatencyHistogram();

  Epoch(long number, TimeSource time) {
    this.number = number;
    this.startTime = Objects.requireNonNull(time.instant(), "instant() must not return null");
    this.startNanos = time.nanoTime();
  }

  /** Returns which of the aggregator's epochs this is. */
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

  /** Adds a client; another one under its id is closed and departs. */
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
      // closed by someone else after this call closed the known one: that one departs all the same
      if (registry.compareAndSet(before, closed ? freed : freed.with(client)) && !closed) {
        return;
      }
      replaced = known;
    }
  }

  /** Closes and removes a client; empty if there is none. */
  Optional<ClientSummary> remove(int clientId) {
    while (true) {
      Registry before = registry.get();
      ClientStats client = before.live().get(clientId);
      if (client == null) {
        return Optional.empty();
      }
      long closedAt = client.close();
      if (registry.compareAndSet(before, before.without(client))) {
        return Optional.of(client.summary(closedAt));
      }
    }
  }
}
