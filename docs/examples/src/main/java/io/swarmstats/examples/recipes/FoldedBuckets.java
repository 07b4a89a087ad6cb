package io.swarmstats.examples.recipes;

import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.latency.LatencySnapshot.Bucket;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The occupied buckets of a distribution, in a resolution that an exporter can take. Folding halves
 * the resolution: two neighbouring buckets become one. The counts are those of a histogram that
 * recorded in the lower resolution from the start.
 *
 * @param schema the resolution: each power of two has 2^schema buckets
 * @param zeros how many latencies are zero; no bucket holds them
 * @param counts the counts of the other latencies by index: bucket i ends at 2^(i/2^schema) s
 */
record FoldedBuckets(int schema, long zeros, SortedMap<Integer, Long> counts) {

  FoldedBuckets {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** Returns the buckets of a distribution in full resolution. */
  static FoldedBuckets of(LatencySnapshot latencies) {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    latencies.buckets().forEach(bucket -> counts.put(bucket.index(), bucket.count()));
    Long zeros = counts.remove(Bucket.ZERO_INDEX);
    return new FoldedBuckets(LatencySnapshot.SCHEMA, zeros == null ? 0 : zeros, counts);
  }

  /** Folds until at most {@code buckets} buckets are occupied. */
  FoldedBuckets withAtMost(int buckets) {
    return counts.size() <= buckets ? this : folded().withAtMost(buckets);
  }

  /** Folds until at most {@code buckets} buckets, empty ones included, span the counts. */
  FoldedBuckets spanningAtMost(int buckets) {
    return span() <= buckets ? this : folded().spanningAtMost(buckets);
  }

  private int span() {
    return counts.isEmpty() ? 0 : counts.lastKey() - counts.firstKey() + 1;
  }

  /** Folds down to a schema. */
  FoldedBuckets atSchema(int lower) {
    return schema <= lower ? this : folded().atSchema(lower);
  }

  private FoldedBuckets folded() {
    TreeMap<Integer, Long> pairs = new TreeMap<>();
    // a bucket of the pair 2n-1 and 2n becomes n; the shift rounds down, for negative indexes too
    counts.forEach((index, count) -> pairs.merge((index + 1) >> 1, count, Long::sum));
    return new FoldedBuckets(schema - 1, zeros, pairs);
  }

  /** Returns how many latencies are at most as long as the end of a bucket. */
  long upTo(int index) {
    return counts.headMap(index + 1).values().stream().reduce(zeros, Long::sum);
  }
}
