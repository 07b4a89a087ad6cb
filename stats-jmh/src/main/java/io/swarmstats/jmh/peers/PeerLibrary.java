package io.swarmstats.jmh.peers;

/**
 * SwarmStats and its peers.
 *
 * <p>A client of SwarmStats makes eight slots for status codes at its first HTTP error. SwarmStats
 * therefore takes part twice: with errors of every client, and without errors.
 */
public enum PeerLibrary {
  SWARM_STATS,
  SWARM_STATS_NO_ERRORS,
  MICROMETER,
  DROPWIZARD,
  PROMETHEUS,
  OPEN_TELEMETRY;

  Peer create(int clients) {
    return switch (this) {
      case SWARM_STATS -> new SwarmStatsPeer(clients, true);
      case SWARM_STATS_NO_ERRORS -> new SwarmStatsPeer(clients, false);
      case MICROMETER -> new MicrometerPeer(clients);
      case DROPWIZARD -> new DropwizardPeer(clients);
      case PROMETHEUS -> new PrometheusPeer(clients);
      case OPEN_TELEMETRY -> new OpenTelemetryPeer(clients);
    };
  }

  /** Creates a swarm in which every counter was used. */
  Peer createFilled(int clients) {
    Peer peer = create(clients);
    for (int client = 0; client < clients; client++) {
      peer.fill(client);
    }
    return peer;
  }

  /** Returns the totals of a swarm that {@link #createFilled} created. */
  long[] filledTotals(int clients) {
    long[] totals = new long[CounterKind.COUNT];
    for (CounterKind kind : CounterKind.values()) {
      totals[kind.index()] = (long) clients * kind.sample();
    }
    if (this == SWARM_STATS_NO_ERRORS) {
      totals[CounterKind.HTTP_ERRORS_404.index()] = 0;
      totals[CounterKind.HTTP_ERRORS_503.index()] = 0;
    }
    return totals;
  }
}
