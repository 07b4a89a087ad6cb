package io.swarmstats;

import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Interval;
import io.swarmstats.snapshot.NodeStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * A fleet on a simulated network, driven by a seed. Nodes record, send their snapshots, restart,
 * reset their aggregators and die. The network loses, repeats, delays and reorders what they send,
 * and splits and heals. The wall clocks of the nodes are off by hours, and jump.
 *
 * <p>After each delivery, the totals of the observer must lie between what the delivered snapshots
 * contain and what the nodes have recorded, and must not have fallen. After a last delivery, they
 * are exact.
 *
 * @param <F> what an observer knows
 */
final class FleetSimulation<F> {

  /** How an observer keeps what it receives: the library, or a faulty variant. */
  record Observing<F>(
      Supplier<F> empty,
      BinaryOperator<F> join,
      Function<NodeStats, F> of,
      Function<F, AggregatedStats> aggregate,
      ToLongFunction<F> conflicts) {}

  /** The end of a simulation: how much was delivered, and what went wrong. */
  record Outcome(int deliveries, Optional<String> fault) {}

  private static final int STEPS = 150;
  private static final int[] CODES = {404, 429, 503, 42};
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Observing<F> observing;
  private final Random random;
  private final boolean clocksJump;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Observer> observers = new ArrayList<>();
  private final List<Epoch> epochs = new ArrayList<>();
  private int deliveries;

  private FleetSimulation(Observing<F> observing, long seed) {
    this.observing = observing;
    this.random = new Random(seed);
    this.clocksJump = random.nextBoolean();
    for (int i = 2 + random.nextInt(3); i > 0; i--) {
      nodes.add(new Node("node" + i));
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      observers.add(new Observer());
    }
  }

  /** Runs the simulation of one seed. The seed alone determines everything that happens. */
  static <F> Outcome run(Observing<F> observing, long seed) {
    FleetSimulation<F> simulation = new FleetSimulation<>(observing, seed);
    try {
      simulation.run();
      return new Outcome(simulation.deliveries, Optional.empty());
    } catch (ImpossibleTotals | IllegalArgumentException e) { // a window that ends before it began
      return new Outcome(simulation.deliveries, Optional.of(e.toString()));
    }
  }

  private void run() {
    for (int step = 0; step < STEPS; step++) {
      Node node = nodes.get(random.nextInt(nodes.size()));
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> node.record();
        case 4, 5 -> node.send();
        case 6, 7, 8 -> observers.get(random.nextInt(observers.size())).receiveAny();
        case 9 -> observers.get(random.nextInt(observers.size())).gossip();
        case 10 -> node.disturb();
        default -> node.isConnected[random.nextInt(node.isConnected.length)] ^= true;
      }
    }
    nodes.forEach(Node::heal);
    nodes.forEach(Node::send);
    observers.forEach(Observer::receiveLast);
    observers.forEach(Observer::requireExact);
  }

  /** The totals of one swarm, by name: buckets of wall times are totals too. */
  private static Map<String, Long> totals(AggregatedStats stats) {
    TreeMap<String, Long> totals = new TreeMap<>();
    totals.put("manifest", stats.requests().manifest());
    totals.put("segment", stats.requests().segment());
    totals.put("timeouts", stats.errors().timeouts());
    totals.put("downloaded", stats.downloadedBytes());
    totals.put("starts", stats.processStarts());
    totals.put("added", stats.clients().everAdded());
    stats.errors().http().forEach((code, count) -> totals.put("status " + code, count));
    addWallTimes(totals, stats.segmentWallTimes());
    return totals;
  }

  private static void addWallTimes(Map<String, Long> totals, LatencySnapshot wallTimes) {
    totals.put("wall times", wallTimes.sum().toNanos());
    wallTimes.buckets().forEach(bucket -> totals.put("bucket " + bucket.index(), bucket.count()));
  }

  private static Map<String, Long> sum(List<? extends Map<String, Long>> parts) {
    TreeMap<String, Long> sum = new TreeMap<>();
    parts.forEach(part -> part.forEach((name, total) -> sum.merge(name, total, Long::sum)));
    return sum;
  }

  private static void requireAtLeast(
      String what, Map<String, Long> totals, Map<String, Long> least) {
    least.forEach((name, total) -> {
      long is = totals.getOrDefault(name, 0L);
      if (is < total) {
        throw new ImpossibleTotals(what + ": " + name + " is " + is + ", not " + total);
      }
    });
  }

  /** A fault of what an observer sees. */
  private static final class ImpossibleTotals extends RuntimeException {
    private static final long serialVersionUID = 1;

    ImpossibleTotals(String message) {
      super(message);
    }
  }

  /** What one node recorded from a start, or a reset, to the next. Counted without the library. */
  private static final class Epoch {
    final TreeMap<String, Long> counted = new TreeMap<>();
    final LatencyHistogram wallTimes = new LatencyHistogram();
    Map<String, Long> sent = new TreeMap<>(); // as counted when the node last sent

    Map<String, Long> recorded() {
      TreeMap<String, Long> recorded = new TreeMap<>(counted);
      addWallTimes(recorded, wallTimes.snapshot());
      return recorded;
    }

    void count(String name, long amount) {
      counted.merge(name, amount, Long::sum);
    }
  }

  /** A clock of a node: the wall clock can be set to any time. */
  private static final class NodeClock implements TimeSource {
    private long nanos;
    private Instant wall;

    NodeClock(long nanos, Instant wall) {
      this.nanos = nanos;
      this.wall = wall;
    }

    void advance(long by) {
      nanos += by;
      wall = wall.plusNanos(by);
    }

    void jump(long by) {
      wall = wall.plusNanos(by);
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public Instant instant() {
      return wall;
    }
  }

  private final class Node {
    final String name;
    final boolean[] isConnected = {true, true, true}; // to each observer
    private NodeClock clock = newClock();
    private StatsAggregator aggregator = newAggregator();
    private Epoch epoch = newEpoch();
    private boolean dead;

    Node(String name) {
      this.name = name;
    }

    private NodeClock newClock() {
      long hours = Duration.ofHours(random.nextInt(13) - 6).toNanos();
      return new NodeClock(random.nextLong(), START.plusNanos(hours + random.nextInt()));
    }

    private StatsAggregator newAggregator() {
      return new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));
    }

    private Epoch newEpoch() {
      Epoch begun = new Epoch();
      epochs.add(begun);
      return begun;
    }

    void record() {
      if (dead) {
        return;
      }
      if (random.nextBoolean()) {
        clock.advance(random.nextInt(1_000_000_000));
      }
      int id = random.nextInt(5);
      if (aggregator.client(id).isEmpty()) {
        epoch.count("added", 1);
      }
      ClientStats client = aggregator.client(id).orElseGet(() -> aggregator.addClient(id));
      switch (random.nextInt(7)) {
        case 0 -> {
          client.incrementManifestRequests();
          epoch.count("manifest", 1);
        }
        case 1 -> {
          client.incrementSegmentRequests();
          epoch.count("segment", 1);
        }
        case 2 -> {
          int code = CODES[random.nextInt(CODES.length)];
          client.recordHttpError(code);
          epoch.count("status " + (code < 400 ? 0 : code), 1);
        }
        case 3 -> {
          client.onProcessStart();
          client.recordTimeout();
          epoch.count("starts", 1);
          epoch.count("timeouts", 1);
        }
        case 4 -> {
          client.recordSegmentSize(1 + id);
          epoch.count("downloaded", 1 + id);
        }
        case 5 -> aggregator.removeClient(id);
        default -> {
          long nanos = random.nextInt(1_000_000);
          aggregator.recordSegmentWallTime(nanos);
          epoch.wallTimes.record(nanos);
        }
      }
    }

    /** Takes a snapshot and sends it to each observer: no copy, one, or several. */
    void send() {
      if (dead) {
        return;
      }
      NodeStats state = new NodeStats(name, aggregator.aggregate());
      epoch.sent = epoch.recorded();
      observers.forEach(observer -> {
        for (int copies = random.nextInt(3); copies > 0; copies--) {
          observer.incoming.add(new Message(this, epoch, epoch.sent, state));
        }
        observer.last.add(new Message(this, epoch, epoch.sent, state));
      });
    }

    /** Dies, restarts under its name, begins a new epoch, or sets its wall clock. */
    void disturb() {
      switch (random.nextInt(4)) {
        case 0 -> dead = true;
        case 1 -> {
          dead = false;
          clock = newClock();
          aggregator = newAggregator();
          epoch = newEpoch();
        }
        case 2 -> {
          if (!dead) {
            clock.advance(1); // an epoch of its own begins at a moment of its own
            aggregator.reset();
            epoch = newEpoch();
          }
        }
        default -> {
          if (clocksJump) {
            clock.jump(Duration.ofMinutes(random.nextInt(121) - 60).toNanos());
          }
        }
      }
    }

    void heal() {
      Arrays.fill(isConnected, true);
    }
  }

  /** A snapshot on its way, and what its node had recorded then. */
  private record Message(
      FleetSimulation<?>.Node from, Epoch epoch, Map<String, Long> content, NodeStats state) {}

  private final class Observer {
    final List<Message> incoming = new ArrayList<>();
    final List<Message> last = new ArrayList<>();
    private final IdentityHashMap<Epoch, Map<String, Long>> delivered = new IdentityHashMap<>();
    private final int index = observers.size();
    private F known = observing.empty().get();
    private AggregatedStats seen = observing.aggregate().apply(known);
    private Map<String, Long> intervals = new TreeMap<>();

    /** Receives a message of a node that the network reaches: any message, so the order is lost. */
    void receiveAny() {
      if (!incoming.isEmpty()) {
        int at = random.nextInt(incoming.size());
        if (incoming.get(at).from().isConnected[index]) {
          receive(random.nextInt(5) == 0 ? incoming.get(at) : incoming.remove(at));
        }
      }
    }

    /** Receives each message that was ever sent, in any order: after that, all is known. */
    void receiveLast() {
      Collections.shuffle(last, random);
      last.forEach(this::receive);
    }

    private void receive(Message message) {
      deliveries++;
      known = observing.join().apply(known, observing.of().apply(message.state()));
      delivered.merge(message.epoch(), message.content(), Observer::higher);
      look();
    }

    /** Tells another observer everything. */
    void gossip() {
      Observer other = observers.get(random.nextInt(observers.size()));
      deliveries++;
      other.known = observing.join().apply(other.known, known);
      delivered.forEach((epoch, totals) -> other.delivered.merge(epoch, totals, Observer::higher));
      other.look();
    }

    private static Map<String, Long> higher(Map<String, Long> a, Map<String, Long> b) {
      TreeMap<String, Long> higher = new TreeMap<>(a);
      b.forEach((name, total) -> higher.merge(name, total, Math::max));
      return higher;
    }

    private void look() {
      AggregatedStats now = observing.aggregate().apply(known);
      Map<String, Long> totals = totals(now);
      requireAtLeast("below the delivered", totals, sum(List.copyOf(delivered.values())));
      requireAtLeast(
          "above the recorded", sum(epochs.stream().map(Epoch::recorded).toList()), totals);
      requireAtLeast("has fallen", totals, totals(seen));
      if (observing.conflicts().applyAsLong(known) != 0) {
        throw new ImpossibleTotals("a conflict where each node has a name of its own");
      }
      if (!clocksJump) {
        addInterval(now.since(seen));
        requireAtLeast("interval too short", intervals, requestsAndTimes(now));
        requireAtLeast("interval too long", requestsAndTimes(now), intervals);
      }
      seen = now;
    }

    private void addInterval(Interval interval) {
      TreeMap<String, Long> added = new TreeMap<>();
      added.put("manifest", interval.requests().manifest());
      added.put("length", interval.length().toNanos());
      addWallTimes(added, interval.segmentWallTimes());
      intervals = sum(List.of(intervals, added));
    }

    private Map<String, Long> requestsAndTimes(AggregatedStats now) {
      TreeMap<String, Long> totals = new TreeMap<>();
      totals.put("manifest", now.requests().manifest());
      totals.put("length", now.elapsed().toNanos());
      addWallTimes(totals, now.segmentWallTimes());
      return totals;
    }

    private void requireExact() {
      Map<String, Long> exact = sum(epochs.stream().map(epoch -> epoch.sent).toList());
      Map<String, Long> totals = totals(seen);
      requireAtLeast("lost at the end", totals, exact);
      requireAtLeast("too much at the end", exact, totals);
    }
  }
}
