package io.swarmstats.internal;

import io.swarmstats.ClientStats;

/** Breaks the rule that this package knows nothing of the one above it. */
public final class UpwardDependency {
  private UpwardDependency() {}

  public static long manifestRequestsOf(ClientStats client) {
    return client.manifestRequests();
  }
}
