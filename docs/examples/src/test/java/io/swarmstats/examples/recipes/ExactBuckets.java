package io.swarmstats.examples.recipes;

import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import java.math.BigInteger;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The buckets of latencies by integer arithmetic of any length, without the library. */
final class ExactBuckets {

  private ExactBuckets() {}

  /** Returns the smallest i with nanos <= 10^9 * 2^(i/n), where n is 2^schema. */
  static int indexOf(long nanos, int schema) {
    int perOctave = 1 << schema;
    // the nth powers of both sides are integers: nanos^n <= 10^(9n) * 2^i
    BigInteger left = BigInteger.valueOf(nanos).pow(perOctave);
    BigInteger right = BigInteger.TEN.pow(9 * perOctave);
    int index = left.bitLength() - right.bitLength() - 1;
    while (left.shiftLeft(Math.max(0, -index)).compareTo(right.shiftLeft(Math.max(0, index))) > 0) {
      index++;
    }
    return index;
  }

  /** Returns how many latencies are in each bucket, without those of zero. */
  static SortedMap<Integer, Long> counts(long[] latencies, int schema) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    for (long nanos : latencies) {
      if (nanos > 0) {
        counts.merge(indexOf(nanos, schema), 1L, Long::sum);
      }
    }
    return counts;
  }

  static LatencySnapshot snapshot(long... latencies) {
    LatencyHistogram histogram = new LatencyHistogram();
    for (long nanos : latencies) {
      histogram.record(nanos);
    }
    return histogram.snapshot();
  }

  /** Returns latencies of 1 ns to about 2^62 ns, each octave as often as the others. */
  static long[] random(long seed, int count) {
    Random random = new Random(seed);
    return LongStream.generate(() -> (long) Math.pow(2, 62 * random.nextDouble()))
        .limit(count)
        .toArray();
  }

  /** Returns the upper bound of each bucket, and the latencies next to it. */
  static long[] bounds() {
    return IntStream.rangeClosed(-1914, 2115)
        .mapToObj(ExactBuckets::upperBound)
        .mapToLong(BigInteger::longValueExact)
        .flatMap(bound -> LongStream.of(Math.max(0, bound - 1), bound, bound + 1))
        .toArray();
  }

  /** Returns 10^9 * 2^(index/64), rounded down: six square roots are the 64th root. */
  private static BigInteger upperBound(int index) {
    BigInteger bound = BigInteger.TEN.pow(9 * 64).shiftLeft(index);
    for (int i = 0; i < 6; i++) {
      bound = bound.sqrt();
    }
    return bound;
  }
}
