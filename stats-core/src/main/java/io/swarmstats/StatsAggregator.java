package io.swarmstats;

import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The clients of a swarm, and the snapshots over them.
 *
 * <p>Any number of threads may call any method at any time. Adding and removing are lock-free, and
 * no writer ever waits for an aggregation; an aggregation waits for no writer of a client, and for
 * wall times as {@link StatsReader#aggregate()} says. Each operation works on the epoch in which it
 * began: what began before a {@link #reset()} has no effect after it.
 */
public final class StatsAggregator {

  private final StatsConfig config;
  private final AtomicReference<Epoch> epoch;
  private final StatsReader defaultReader;

  /** Creates an aggregator without clients, with {@link StatsConfig#defaults()}. */
  public StatsAggregator() {
    this(StatsConfig.defaults());
  }

  /**
   * Creates an aggregator without clients.
   *
   * @param config the thresholds and the time source, also of the clients that
   *     {@link #addClient(int)} creates
   */
  public StatsAggregator(StatsConfig config) {
    this.config = Objects.requireNonNull(config, "config must not be null");
    this.epoch = new AtomicReference<>(new Epoch(0, config.timeSource()));
    this.defaultReader = newReader();
  }

  /**
   * Creates a client with this aggregator's configuration, adds it and returns it.
   *
   * <p>A client that is known under the same id is replaced: it is closed, and its totals stay.
   * Lock-free, O(log clients).
   *
   * @param clientId any number
   * @return the new client
   */
  public ClientStats addClient(int clientId) {
    Epoch current = epoch(); // before the clock, which the new client reads
    ClientStats client = new ClientStats(clientId, config);
    current.add(client);
    return client;
  }

  /**
   * Adds a client, with all that it has recorded.
   *
   * <p>Adding a client that is live here changes nothing. Another one under the same id is
   * replaced: it is closed, and its totals stay. A client may be in several aggregators; its
   * removal from one closes it for all, and the others show it as live until they remove it, with
   * totals and maxima that no longer change. Lock-free, O(log clients).
   *
   * <p>What the client recorded before it was added counts in the totals, and so in the rates, from
   * now on.
   *
   * @param stats a client that is not closed, or that is live here
   * @throws IllegalStateException if the client is closed and not live here
   */
  public void addClient(ClientStats stats) {
    Objects.requireNonNull(stats, "stats must not be null");
    epoch().add(stats);
  }

  /**
   * Closes a client and removes it. What it recorded stays in the totals; what it records from now
   * on is refused.
   *
   * <p>Of several threads that remove the same client one gets the summary. Lock-free, O(log
   * clients), plus O(status codes) of its HTTP errors.
   *
   * @param clientId any number
   * @return the client's last summary; empty if no client is known under the id
   */
  public Optional<ClientSummary> removeClient(int clientId) {
    return epoch().remove(clientId);
  }

  /**
   * Returns the live client under an id. Wait-free, O(log clients).
   *
   * @param clientId any number
   * @return the client; empty if none is known under the id
   */
  public Optional<ClientStats> client(int clientId) {
    return Optional.ofNullable(epoch().registry().live().get(clientId));
  }

  /**
   * Returns how many clients are live. Wait-free, O(1).
   *
   * @return at least 0
   */
  public int clientCount() {
    return epoch().registry().live().size();
  }

  /**
   * Passes each client that was live at one moment of the call to the action, in ascending order of
   * ids.
   *
   * <p>The action may add and remove clients; the walk does not see that. What the action throws
   * ends the walk.
   *
   * @param action called once for each client, by the calling thread
   */
  public void forEachClient(Consumer<? super ClientStats> action) {
    epoch().registry().live().forEach(Objects.requireNonNull(action, "action must not be null"));
  }

  /**
   * Returns a summary of each client that was live at one moment of the call.
   *
   * @return ascending by id, unmodifiable
   */
  public List<ClientSummary> clientSummaries() {
    Registry registry = epoch().registry();
    List<ClientSummary> summaries = new ArrayList<>(registry.live().size());
    registry.live().forEach(client -> summaries.add(client.summary()));
    return Collections.unmodifiableList(summaries);
  }

  /**
   * Records how long the download of one segment took, by the wall clock.
   *
   * <p>Lock-free, never waits and never throws. See {@link LatencyHistogram#record} for its cost.
   *
   * @param nanos nanoseconds, at least 0; a negative number is refused and adds 1 to the
   *     aggregate's rejected updates
   */
  public void recordSegmentWallTime(long nanos) {
    epoch().segmentWallTimes().record(nanos);
  }

  /**
   * Returns a snapshot for the aggregator's own reader: {@link StatsReader#aggregate()} of a reader
   * that all callers of this method share. A consumer that shows instantaneous rates should have
   * its own, see {@link #newReader()}.
   *
   * @return an immutable snapshot
   */
  public AggregatedStats aggregate() {
    return defaultReader.aggregate();
  }

  /**
   * Returns a new consumer of snapshots. Its first window starts where the epoch does.
   *
   * @return a reader that no other call returns
   */
  public StatsReader newReader() {
    return new StatsReader(epoch, config);
  }

  /**
   * Returns the highest drop rate of a single report of any client of this epoch, live or departed.
   *
   * <p>O(clients).
   *
   * @return 0..1; never falls within an epoch
   */
  public double peakDropRate() {
    Registry registry = epoch().registry();
    double[] peak = {registry.departed().peakDropRate};
    registry.live().forEach(client -> peak[0] = Math.max(peak[0], client.peakDropRate()));
    return peak[0];
  }

  /**
   * Returns the wall-clock time at which the epoch began: the construction or the last reset.
   *
   * @return the start
   */
  public Instant startTime() {
    return epoch().startTime();
  }

  /**
   * Returns the time since the epoch began.
   *
   * @return at least zero
   */
  public Duration elapsed() {
    Epoch current = epoch(); // before the clock
    return Duration.ofNanos(current.elapsedNanos(config.timeSource().nanoTime()));
  }

  /**
   * Begins a new epoch: no clients, zero totals, peaks and percentiles, elapsed from now.
   *
   * <p>Takes effect in one step. It closes no client: those who hold one can go on, and can add it
   * again. It then brings all that it has recorded, into the totals and into the rates. A removal
   * or a replacement that a reset overtakes still closes its client.
   */
  public void reset() {
    Epoch before = epoch.get();
    while (!epoch.compareAndSet(before, new Epoch(before.number() + 1, config.timeSource()))) {
      before = epoch.get();
    }
  }

  Epoch epoch() {
    return epoch.get();
  }
}
