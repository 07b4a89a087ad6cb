package io.swarmstats;

/**
 * What one reading of a client found that does not add up over clients. {@link Totals} has the
 * rest.
 *
 * <p>Plain fields that {@link ClientStats#read} sets. A walk uses one object for all its clients,
 * so that it allocates nothing for each client. Used by one thread.
 */
final class ClientReading {

  long uptimeNanos;
  double speed;
  boolean stalled;
  boolean hasDrift;
  long driftNanos; // 0 without a drift sample
  boolean highDrift;
  double dropRate;
}
