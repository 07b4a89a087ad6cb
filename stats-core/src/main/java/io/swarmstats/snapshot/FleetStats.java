package io.swarmstats.snapshot;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The latest snapshot of each node that a program (the <em>observer</em>) has received. A
 * <em>node</em> is one JVM that records a part of a swarm, and the <em>fleet</em> is all nodes.
 * Deeply immutable.
 *
 * <p>A node sends its whole snapshot each time, and never a difference. {@link #join} keeps the
 * later of two snapshots of one node. So a snapshot that arrives twice, late or out of order
 * changes nothing. The latest snapshot contains all totals, so it makes up for lost ones. A node
 * that has ended keeps its last snapshot, and a node that restarts gets a further entry. So the
 * totals of an observer never fall.
 *
 * <p>Joining is commutative, associative and idempotent [1]. Any number of observers can join what
 * they know, in any order. The network between them is not part of the library.
 *
 * <p>A fleet has one entry for each epoch of each node: restarts and resets add entries, and no
 * entry ever goes. In the costs below, {@code n} is the number of entries.
 *
 * <p>[1] Fleets form a join semilattice: M. Shapiro, N. Preguiça, C. Baquero, M. Zawirski:
 * Conflict-free Replicated Data Types. SSS 2011.
 */
public final class FleetStats {

  private static final FleetStats EMPTY = new FleetStats(Collections.emptySortedMap());

  /**
   * From early to late. One thread's consecutive snapshots of a node have this order. If the clock
   * did not advance between two of them, the totals and maxima decide. The last four keys make the
   * order total, so that a join does not depend on the order of its arguments.
   */
  private static final Comparator<AggregatedStats> FROM_EARLY_TO_LATE = Comparator.comparing(
          AggregatedStats::elapsed)
      .thenComparing(AggregatedStats::totals, Arrays::compare)
      .thenComparing(stats -> stats.errors().httpTotal())
      .thenComparing(stats -> stats.segmentWallTimes().count())
      .thenComparing(stats -> stats.playback().maxDrift())
      .thenComparing(stats -> stats.pipeline().peakDropRate())
      .thenComparing(stats -> stats.clients().peakActive())
      .thenComparing(AggregatedStats::timestamp)
      .thenComparing(AggregatedStats::toString)
      .thenComparing(stats -> stats.segmentWallTimes().sum())
      .thenComparing(stats -> stats.segmentWallTimes().buckets().toString());

  /** One epoch of one node. */
  private record Identity(String node, Instant startTime) implements Comparable<Identity> {

    private static final Comparator<Identity> ORDER =
        Comparator.comparing(Identity::node).thenComparing(Identity::startTime);

    static Identity of(NodeStats state) {
      return new Identity(state.node(), state.stats().startTime());
    }

    @Override
    public int compareTo(Identity other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * What is known of one identity.
   *
   * @param latest the latest snapshot
   * @param conflict the greatest of each total of all snapshots, by name; null if the latest
   *     snapshot has the greatest of each
   */
  private record Known(NodeStats latest, @Nullable SortedMap<String, BigInteger> conflict) {

    static Known of(NodeStats state) {
      return new Known(state, null);
    }

    Known join(Known other) {
      if (equals(other)) {
        return this;
      }
      boolean isLater = FROM_EARLY_TO_LATE.compare(latest.stats(), other.latest.stats()) > 0;
      Known later = isLater ? this : other;
      Known earlier = isLater ? other : this;
      if (later.conflict == null
          && earlier.conflict == null
          && later.latest.stats().covers(earlier.latest.stats())) {
        return later;
      }
      SortedMap<String, BigInteger> greatest = later.greatest();
      earlier.greatest().forEach((name, total) -> greatest.merge(name, total, BigInteger::max));
      boolean isGreatest = greatest.equals(totals(later.latest.stats()));
      return new Known(later.latest, isGreatest ? null : greatest);
    }

    private SortedMap<String, BigInteger> greatest() {
      return conflict == null ? totals(latest.stats()) : new TreeMap<>(conflict);
    }

    private static SortedMap<String, BigInteger> totals(AggregatedStats stats) {
      SortedMap<String, BigInteger> totals = new TreeMap<>();
      long[] numbers = stats.totals();
      for (int i = 0; i < numbers.length; i++) {
        totals.put("total " + i, BigInteger.valueOf(numbers[i]));
      }
      stats
          .errors()
          .http()
          .forEach((code, count) -> totals.put("status " + code, BigInteger.valueOf(count)));
      stats
          .segmentWallTimes()
          .buckets()
          .forEach(
              bucket -> totals.put("bucket " + bucket.index(), BigInteger.valueOf(bucket.count())));
      Duration sum = stats.segmentWallTimes().sum();
      totals.put(
          "sum of wall times",
          BigInteger.valueOf(sum.getSeconds())
              .multiply(BigInteger.valueOf(1_000_000_000))
              .add(BigInteger.valueOf(sum.getNano())));
      return totals;
    }
  }

  private final SortedMap<Identity, Known> entries;

  private FleetStats(SortedMap<Identity, Known> entries) {
    this.entries = entries;
  }

  /**
   * Returns a fleet of which nothing is known.
   *
   * @return the neutral element of {@link #join}
   */
  public static FleetStats empty() {
    return EMPTY;
  }

  /**
   * Returns the fleet that some snapshots describe. Their order and repetitions do not matter.
   *
   * @param states any number of snapshots of each node
   * @return the fleet; O(states × log n)
   * @throws NullPointerException if a state is null
   */
  public static FleetStats of(Collection<NodeStats> states) {
    Objects.requireNonNull(states, "states must not be null");
    SortedMap<Identity, Known> entries = new TreeMap<>();
    for (NodeStats state : states) {
      Objects.requireNonNull(state, "state must not be null");
      entries.merge(Identity.of(state), Known.of(state), Known::join);
    }
    return new FleetStats(entries);
  }

  /**
   * Returns this fleet with one more snapshot of a node. A snapshot that is known, or older than
   * the known one, changes nothing. O(n): {@link #of} takes many snapshots at once.
   *
   * @param state the snapshot
   * @return the fleet; this object stays the same
   */
  public FleetStats with(NodeStats state) {
    return join(of(List.of(Objects.requireNonNull(state, "state must not be null"))));
  }

  /**
   * Returns what two observers know together. Commutative, associative and idempotent. O(n).
   *
   * @param other what another observer knows
   * @return the fleet; both objects stay the same
   */
  public FleetStats join(FleetStats other) {
    Objects.requireNonNull(other, "other must not be null");
    SortedMap<Identity, Known> both = new TreeMap<>(entries);
    other.entries.forEach((identity, known) -> both.merge(identity, known, Known::join));
    return new FleetStats(both);
  }

  /**
   * Returns the latest known snapshot of each node. A node that has restarted, or has reset its
   * aggregator, has one for each of its epochs.
   *
   * @return ascending by name and start time; unmodifiable
   */
  public Collection<NodeStats> nodes() {
    return entries.values().stream().map(Known::latest).toList();
  }

  /**
   * Returns how many entries mix two nodes: two JVMs with the same name that began at the same
   * moment. A later snapshot of one then hides the totals of the other.
   *
   * <p>An entry is in conflict while a total of its latest snapshot is smaller than the same total
   * of an earlier snapshot. So whenever a total of the fleet has fallen, this number is above 0. It
   * does not depend on the order in which snapshots arrive. It can return to 0, when the totals of
   * one node have outgrown those of the other.
   *
   * @return 0 if each node has a name of its own
   */
  public long conflicts() {
    return entries.values().stream().filter(known -> known.conflict != null).count();
  }

  /**
   * Returns the fleet as one swarm: the merged snapshots of all nodes. Nodes that are not live
   * count with their totals only, as after {@link AggregatedStats#departed()}.
   *
   * <p>The caller knows which nodes are live. A usual rule is the time since the caller last
   * received a new snapshot of the node, by the caller's own clock. An earlier epoch of a node is
   * not live. Whatever the rule is, no total depends on it. O(n × occupied buckets).
   *
   * @param isLive whether the clients of a node are live; called once for each of {@link #nodes()}
   * @return the merged snapshot
   */
  public AggregatedStats aggregate(Predicate<? super NodeStats> isLive) {
    Objects.requireNonNull(isLive, "isLive must not be null");
    return AggregatedStats.merge(nodes().stream()
        .map(state -> isLive.test(state) ? state.stats() : state.stats().departed())
        .toList());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FleetStats that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return "FleetStats[nodes=" + nodes() + ", conflicts=" + conflicts() + ']';
  }
}
