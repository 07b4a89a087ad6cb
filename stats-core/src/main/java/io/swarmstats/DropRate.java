package io.swarmstats;

/** The one formula of the drop rate. */
final class DropRate {

  private DropRate() {}

  /** Returns dropped / read, in 0..1; 0 if nothing was read. */
  static double of(long dropped, long read) {
    return read == 0 ? 0.0 : (double) dropped / read;
  }
}
