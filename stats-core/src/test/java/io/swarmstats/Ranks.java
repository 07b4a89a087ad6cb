package io.swarmstats.latency;

import java.util.function.IntToLongFunction;

/** The rank of a value among sorted samples. */
public final class Ranks {

  private Ranks() {}

  /** Returns how many of the samples are below a limit. The samples ascend with their index. */
  public static int countBelow(int samples, IntToLongFunction sorted, long limit) {
    int low = 0;
    int high = samples;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.applyAsLong(middle) < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
