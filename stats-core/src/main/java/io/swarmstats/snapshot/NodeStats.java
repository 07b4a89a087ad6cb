package io.swarmstats.snapshot;

import java.util.Objects;

/**
 * The snapshot of one node: a JVM that records a part of a swarm. Deeply immutable.
 *
 * <p>The name and {@code stats.startTime()} identify the node: a node that restarts, or resets its
 * aggregator, begins again under a new identity. Of two snapshots of one identity, the one with the
 * longer {@code stats.elapsed()} is later. So the wall clocks of the nodes need not agree, and a
 * wall clock may go back.
 *
 * <p>Take the snapshots of a node in one thread, one after another. Only then is it certain that no
 * total falls from one snapshot to the next.
 *
 * @param node the name of the node; not empty. Two nodes of a fleet need different names
 * @param stats the snapshot
 */
public record NodeStats(String node, AggregatedStats stats) {

  /**
   * Checks the components.
   *
   * @throws NullPointerException if a component is null
   * @throws IllegalArgumentException if the name is blank
   */
  public NodeStats {
    Objects.requireNonNull(node, "node must not be null");
    Objects.requireNonNull(stats, "stats must not be null");
    if (node.isBlank()) {
      throw new IllegalArgumentException("node must not be blank: \"" + node + '"');
    }
  }
}
