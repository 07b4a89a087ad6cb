package io.swarmstats.snapshot;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an observer knows of a fleet: the latest snapshot of each node. Deeply immutable.
 *
 * <p>A node sends its whole snapshot each time, and never a difference. {@link #join} keeps the
 * later of two snapshots of one node. So it changes nothing if snapshots arrive twice, late or in
 * another order, or if some never arrive; the last one that arrives brings all totals. A node that
 * has ended keeps its last snapshot, and a node that restarts gets an entry of its own. So the
 * totals of an observer never fall [1].
 *
 * <p>Joining is commutative, associative and idempotent. Any number of observers can join what they
 * know, in any order. The network between them is not part of the library.
 *
 * <p>[1] Fleet states form a join semilattice: M. Shapiro, N. Preguiça, C. Baquero, M. Zawirski:
 * Conflict-free Replicated Data Types. SSS 2011.
 */
public final class FleetStats {

  private static final FleetStats EMPTY =
      new FleetStats(Collections.emptySortedMap(), Collections.emptySortedSet());

  /**
   * From early to late. The snapshots of one node that one thread took one after another have this
   * order, even if the clock did not advance between two of them: then totals decide. What follows
   * makes the order total, so that joining does not depend on the order of its arguments.
   */
  private static final Comparator<AggregatedStats> FROM_EARLY_TO_LATE = Comparator.comparing(
          AggregatedStats::elapsed)
      .thenComparing(stats -> stats.clients().everAdded())
      .thenComparing(stats -> stats.requests().manifest())
      .thenComparing(stats -> stats.requests().segment())
      .thenComparing(stats -> stats.requests().init())
      .thenComparing(stats -> stats.requests().unknown())
      .thenComparing(AggregatedStats::totalBytes)
      .thenComparing(AggregatedStats::downloadedBytes)
      .thenComparing(AggregatedStats::processStarts)
      .thenComparing(stats -> stats.errors().httpTotal())
      .thenComparing(stats -> stats.errors().reconnections())
      .thenComparing(stats -> stats.errors().timeouts())
      .thenComparing(stats -> stats.playback().stalls())
      .thenComparing(stats -> stats.playback().stalledTime())
      .thenComparing(stats -> stats.pipeline().progress().read())
      .thenComparing(stats -> stats.pipeline().progress().dropped())
      .thenComparing(stats -> stats.pipeline().stderr().read())
      .thenComparing(stats -> stats.pipeline().stderr().dropped())
      .thenComparing(stats -> stats.segmentWallTimes().count())
      .thenComparing(AggregatedStats::rejectedUpdates)
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

  private final SortedMap<Identity, NodeStats> latest;
  private final SortedSet<Identity> conflicts;

  private FleetStats(SortedMap<Identity, NodeStats> latest, SortedSet<Identity> conflicts) {
    this.latest = latest;
    this.conflicts = conflicts;
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
   * Returns what an observer knows who has seen some snapshots. The order and repetitions do not
   * matter.
   *
   * @param states any number of snapshots of each node
   * @return the fleet; O(states × log nodes)
   * @throws NullPointerException if a state is null
   */
  public static FleetStats of(Collection<NodeStats> states) {
    Objects.requireNonNull(states, "states must not be null");
    return EMPTY.joinAll(states, Collections.emptySortedSet());
  }

  /**
   * Returns this fleet with one more snapshot of a node. A snapshot that is known, or older than
   * the known one, changes nothing. O(nodes): {@link #of} takes many snapshots at once.
   *
   * @param state the snapshot
   * @return the fleet; this object stays the same
   */
  public FleetStats with(NodeStats state) {
    Objects.requireNonNull(state, "state must not be null");
    return joinAll(List.of(state), Collections.emptySortedSet());
  }

  /**
   * Returns what two observers know together. Commutative, associative and idempotent. O(nodes).
   *
   * @param other what another observer knows
   * @return the fleet; both objects stay the same
   */
  public FleetStats join(FleetStats other) {
    Objects.requireNonNull(other, "other must not be null");
    return joinAll(other.latest.values(), other.conflicts);
  }

  private FleetStats joinAll(Collection<NodeStats> states, SortedSet<Identity> theirConflicts) {
    SortedMap<Identity, NodeStats> both = new TreeMap<>(latest);
    SortedSet<Identity> bothConflicts = new TreeSet<>(conflicts);
    bothConflicts.addAll(theirConflicts);
    for (NodeStats state : states) {
      Identity identity = Identity.of(state);
      NodeStats known = both.putIfAbsent(identity, state);
      if (known != null) {
        boolean later = FROM_EARLY_TO_LATE.compare(state.stats(), known.stats()) > 0;
        NodeStats last = later ? state : known;
        NodeStats first = later ? known : state;
        both.put(identity, last);
        if (!last.stats().covers(first.stats())) {
          bothConflicts.add(identity);
        }
      }
    }
    return new FleetStats(both, bothConflicts);
  }

  /**
   * Returns the latest known snapshot of each node. A node that has restarted, or has reset its
   * aggregator, has one for each of its epochs.
   *
   * @return ascending by name and start time; unmodifiable
   */
  public Collection<NodeStats> nodes() {
    return Collections.unmodifiableCollection(latest.values());
  }

  /**
   * Returns how many identities belong to two nodes at once: two JVMs with the same name that began
   * at the same moment. A total of one of them would hide the same total of the other, and totals
   * could fall.
   *
   * <p>A conflict is found when two snapshots of one identity meet, and a total of the later one is
   * smaller. It depends on the order of arrival which of the snapshots meet, so two observers may
   * find a conflict at different times. A conflict that was found remains.
   *
   * @return 0 if each node has a name of its own
   */
  public long conflicts() {
    return conflicts.size();
  }

  /**
   * Returns the fleet as one swarm: the merged snapshots of all nodes. Nodes that are not live
   * count with their totals only, as after {@link AggregatedStats#departed()}.
   *
   * <p>The caller knows which nodes are live. A usual rule is the time since the caller last
   * received a new snapshot of the node, by the caller's own clock. Whatever the rule is, no total
   * depends on it.
   *
   * @param isLive whether the clients of a node are live; called once for each of {@link #nodes()}
   * @return the merged snapshot
   */
  public AggregatedStats aggregate(Predicate<? super NodeStats> isLive) {
    Objects.requireNonNull(isLive, "isLive must not be null");
    return AggregatedStats.merge(latest.values().stream()
        .map(state -> isLive.test(state) ? state.stats() : state.stats().departed())
        .toList());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FleetStats that
        && latest.equals(that.latest)
        && conflicts.equals(that.conflicts);
  }

  @Override
  public int hashCode() {
    return latest.hashCode();
  }

  @Override
  public String toString() {
    return "FleetStats[nodes=" + latest.values() + ", conflicts=" + conflicts + ']';
  }
}
