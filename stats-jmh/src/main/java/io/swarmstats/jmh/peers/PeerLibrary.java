package io.swarmstats.jmh.peers;

/**
 * The library and its peers. The library makes its counters of HTTP errors at a client's first
 * error, all 201 at once, so it is there twice: with errors of every client, and without any.
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

  /** Creates a swarm of which every counter was used. */
  Peer createFilled(int clients) {
    Peer peer = create(clients);
    for (int client = 0; client < clients; client++) {
      peer.fill(client);
    }
    return peer;
  }

  /** The totals of such a swarm. */
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
