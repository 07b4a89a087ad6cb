package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.latency.LatencySnapshot;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folded buckets have the counts of a histogram that recorded at the lower schema. */
class FoldedBucketsTest {

  private static final long SEED = 13;

  private static FoldedBuckets fold(int schema, long... latencies) {
    return FoldedBuckets.of(ExactBuckets.snapshot(latencies)).atSchema(schema);
  }

  private static void requireAsRecorded(int schema, long... latencies) {
    FoldedBuckets folded = fold(schema, latencies);

    assertThat(folded.schema()).isEqualTo(schema);
    assertThat(folded.counts()).isEqualTo(ExactBuckets.counts(latencies, schema));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 5, 4, 3, 0})
  void fold_ofRandomLatencies_isRecordingAtThatSchema(int schema) {
    requireAsRecorded(schema, ExactBuckets.random(SEED, 20_000));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 5, 4, 3, 0})
  void fold_ofAllBoundsAndTheirNeighbours_isRecordingAtThatSchema(int schema) {
    requireAsRecorded(schema, ExactBuckets.bounds());
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 5, 4, 3, 0})
  void fold_ofExtremes_isRecordingAtThatSchema(int schema) {
    requireAsRecorded(schema, 0, 0, 1, 2, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  @Test
  void index_isRoundedUp_belowZeroToo() {
    assertThat(FoldedBuckets.of(ExactBuckets.snapshot(1)).counts()).containsOnlyKeys(-1913);
    assertThat(fold(5, 1).counts()).containsOnlyKeys(-956);
    assertThat(fold(4, 1).counts()).containsOnlyKeys(-478);
    assertThat(fold(0, 1_000_000_000).counts()).containsOnlyKeys(0);
    assertThat(fold(0, 1_000_000_001).counts()).containsOnlyKeys(1);
    assertThat(fold(0, 500_000_001).counts()).containsOnlyKeys(0);
    assertThat(fold(0, 500_000_000).counts()).containsOnlyKeys(-1);
  }

  @Test
  void zeros_areApartFromAllBuckets() {
    FoldedBuckets folded = fold(3, 0, 0, 1);

    assertThat(folded.zeros()).isEqualTo(2);
    assertThat(folded.counts()).hasSize(1);
    assertThat(folded.upTo(Integer.MIN_VALUE)).isEqualTo(2);
    assertThat(fold(3, 0).counts()).isEmpty();
  }

  @Test
  void limits_foldOnlyAsFarAsNeeded() {
    // every bucket of five octaves: 320 buckets, 160 pairs
    long[] fiveOctaves = Arrays.stream(ExactBuckets.bounds())
        .filter(nanos -> nanos > 31_250_000 && nanos <= 1_000_000_000)
        .toArray();
    FoldedBuckets buckets = FoldedBuckets.of(ExactBuckets.snapshot(fiveOctaves));

    assertThat(buckets.withAtMost(320).schema()).isEqualTo(6);
    assertThat(buckets.withAtMost(160).schema()).isEqualTo(5);
    assertThat(buckets.withAtMost(159).schema()).isEqualTo(4);
    assertThat(buckets.spanningAtMost(160).schema()).isEqualTo(5);
  }

  @Test
  void span_countsEmptyBuckets() {
    LatencySnapshot twoBuckets = ExactBuckets.snapshot(1_000_000, 1_000_000_000);
    FoldedBuckets buckets = FoldedBuckets.of(twoBuckets);

    assertThat(buckets.withAtMost(160).schema()).isEqualTo(6);
    assertThat(buckets.spanningAtMost(160).schema()).isEqualTo(4); // ten octaves in 160
  }

  @Test
  void allLatencies_fitIntoAFewBuckets() {
    FoldedBuckets buckets = FoldedBuckets.of(ExactBuckets.snapshot(ExactBuckets.bounds()));

    assertThat(buckets.withAtMost(160).schema()).isEqualTo(1);
    assertThat(buckets.spanningAtMost(160).schema()).isEqualTo(1);
  }

  @Test
  void nothing_hasNoBuckets() {
    FoldedBuckets none = FoldedBuckets.of(LatencySnapshot.EMPTY);

    assertThat(none).isEqualTo(new FoldedBuckets(6, 0, none.counts()));
    assertThat(none.counts()).isEqualTo(Map.of());
    assertThat(none.spanningAtMost(0)).isEqualTo(none);
  }
}
