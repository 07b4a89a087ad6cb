package io.swarmstats;

/**
 * The figures of one client that sort the client into a category, such as stalled. {@link Totals}
 * has the figures that add up.
 *
 * <p>{@link ClientStats#read} sets the fields. A walk uses one object for all clients, and so
 * allocates nothing per client. Only one thread uses the object.
 */
final class ClientReading {

  long uptimeNanos;
  double speed;
  boolean stalled;
  boolean silent;
  boolean hasDrift;
  long driftNanos; // 0 without a drift sample
  boolean highDrift;
  double dropRate;
}
