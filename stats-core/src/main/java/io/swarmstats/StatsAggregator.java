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
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The clients of a swarm, and the snapshots of the swarm.
 *
 * <p>Any number of threads may call any method at any time. Adding and removing clients is
 * lock-free. Each operation works on the epoch in which the operation began. Nothing begun before a
 * {@link #reset()} shows after the reset. The package {@link io.swarmstats} states the contract.
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
   * Creates an aggregator without clients. The first epoch begins.
   *
   * @param config the thresholds and the time source; clients from {@link #addClient(int)} get the
   *     same configuration
   */
  public StatsAggregator(StatsConfig config) {
    this.config = Objects.requireNonNull(config, "config must not be null");
    this.epoch = new AtomicReference<>(Epoch.first(config.timeSource()));
    this.defaultReader = newReader();
  }

  /**
   * Creates a client with the configuration of this aggregator, and adds the client.
   *
   * <p>The new client replaces a live client with the same id: the old client is closed, and its
   * totals stay. Lock-free, O(log clients).
   *
   * @param clientId any number
   * @return the new client
   */
  public ClientStats addClient(int clientId) {
    Epoch current = epoch(); // before the new client reads the clock
    ClientStats client = new ClientStats(clientId, config);
    current.add(client);
    return client;
  }

  /**
   * Adds a client with its whole history.
   *
   * <p>The history enters the totals, and so the rates of the current window. If the client is live
   * here already, nothing changes. A different live client with the same id is replaced: the old
   * client is closed, and its totals stay.
   *
   * <p>A client can be in several aggregators. A removal from one closes the client for all. The
   * other aggregators show the client as live until they remove the client; its totals and maxima
   * no longer change. Lock-free, O(log clients).
   *
   * @param stats a client that is open, or that is live here
   * @throws IllegalStateException if the client is closed and not live here
   */
  public void addClient(ClientStats stats) {
    Objects.requireNonNull(stats, "stats must not be null");
    epoch().add(stats);
  }

  /**
   * Removes and closes a client. The totals keep everything that the client recorded. The client
   * rejects later updates.
   *
   * <p>If several threads remove the same client, only one gets the summary. Lock-free, O(log
   * clients) plus O(status codes) for the HTTP errors of the client.
   *
   * <p>If an {@link OutOfMemoryError} ends the call, the client is still live here, open or closed.
   * A second call removes the client.
   *
   * @param clientId any number
   * @return the last summary of the client; empty if no client with this id is live
   */
  public Optional<ClientSummary> removeClient(int clientId) {
    return epoch().remove(clientId);
  }

  /**
   * Returns the live client with the given id. Wait-free, O(log clients).
   *
   * @param clientId any number
   * @return the client; empty if no client with this id is live
   */
  public Optional<ClientStats> client(int clientId) {
    return Optional.ofNullable(epoch().registry().live().get(clientId));
  }

  /**
   * Returns the number of live clients. Wait-free, O(1).
   *
   * @return at least 0
   */
  public int clientCount() {
    return epoch().registry().live().size();
  }

  /**
   * Passes each live client to the action, in ascending order of ids.
   *
   * <p>All these clients were live at one moment of the call. The action may add and remove
   * clients; the walk does not show these changes. An exception of the action ends the walk and
   * reaches the caller.
   *
   * @param action called once for each client, in the calling thread
   */
  public void forEachClient(Consumer<? super ClientStats> action) {
    epoch().registry().live().forEach(Objects.requireNonNull(action, "action must not be null"));
  }

  /**
   * Returns a summary of each live client.
   *
   * <p>All these clients were live at one moment of the call. Each summary is read at its own
   * moment. O(clients), in time and allocation.
   *
   * @return in ascending order of ids, unmodifiable
   */
  public List<ClientSummary> clientSummaries() {
    Registry registry = epoch().registry();
    List<ClientSummary> summaries = new ArrayList<>(registry.live().size());
    registry.live().forEach(client -> summaries.add(client.summary()));
    return Collections.unmodifiableList(summaries);
  }

  /**
   * Records the wall time of one segment: how long the download of the segment took.
   *
   * <p>Any thread. Never waits and never throws. {@link LatencyHistogram#record} states the cost.
   *
   * <p>Count the request before its wall time, on a client that stays live until the next reset.
   * Then no snapshot shows more wall times than requests. A removed client rejects requests; its
   * wall times are still accepted, because a wall time belongs to the swarm and not to a client.
   *
   * @param nanos nanoseconds, at least 0; a negative number is rejected and adds 1 to the rejected
   *     updates of the swarm
   */
  public void recordSegmentWallTime(long nanos) {
    epoch().segmentWallTimes().record(nanos);
  }

  /**
   * Takes a snapshot with the reader of the aggregator, which all callers of this method share.
   *
   * <p>The call is {@link StatsReader#aggregate()} on this reader. A consumer that shows
   * instantaneous rates should get a reader of its own from {@link #newReader()}.
   *
   * @return an immutable snapshot
   */
  public AggregatedStats aggregate() {
    return defaultReader.aggregate();
  }

  /**
   * Takes a snapshot with the reader of the aggregator, but the threads of a pool read the clients.
   *
   * <p>The call is {@link StatsReader#aggregate(ForkJoinPool)} on this reader.
   *
   * @param pool the threads; the library neither configures the pool nor shuts it down
   * @return an immutable snapshot
   * @throws java.util.concurrent.RejectedExecutionException if the pool is shut down and the swarm
   *     has more than 1,024 clients
   * @throws java.util.concurrent.CancellationException if {@code shutdownNow} is called on the pool
   *     during the call, before all tasks of the call have begun
   */
  public AggregatedStats aggregate(ForkJoinPool pool) {
    return defaultReader.aggregate(pool);
  }

  /**
   * Creates a reader. Its first window begins when the epoch begins.
   *
   * @return a new reader
   */
  public StatsReader newReader() {
    return new StatsReader(epoch, config);
  }

  /**
   * Returns the highest drop rate of a single report, over the live and departed clients of the
   * epoch.
   *
   * <p>O(clients).
   *
   * @return 0..1; never falls within an epoch; 0 if nothing was reported
   */
  public double peakDropRate() {
    Registry registry = epoch().registry();
    double[] peak = {registry.departed().peakDropRate};
    registry.live().forEach(client -> peak[0] = Math.max(peak[0], client.peakDropRate()));
    return peak[0];
  }

  /**
   * Returns the wall-clock time at which the epoch began, by construction or by {@link #reset()}.
   *
   * @return the start of the epoch
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
   * Begins a new epoch, with no clients and with zero totals, peaks and percentiles.
   *
   * <p>The reset takes effect in one step, and {@link #elapsed()} starts again at zero. A reset
   * closes no client. A client can be added again; the client then brings its whole history into
   * the totals and rates of the new epoch. If a reset overtakes a removal or a replacement, the
   * client is closed nevertheless.
   */
  public void reset() {
    Epoch before = epoch.get();
    while (!epoch.compareAndSet(before, before.next(config.timeSource()))) {
      before = epoch.get();
    }
  }

  Epoch epoch() {
    return epoch.get();
  }
}
