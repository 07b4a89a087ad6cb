package io.swarmstats.examples.pages;

import io.swarmstats.examples.replay.Event;
import io.swarmstats.examples.replay.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/** Latencies in nanoseconds, in the order of their recording. The same on every machine. */
final class AccuracyDataSet {

  /** The name of the set with a gap: 95 % of the samples are below. */
  static final String BIMODAL = "bimodal";

  private static final int SAMPLES = 200_000;
  private static final long SEED = 13;
  private static final long MILLISECOND = 1_000_000;

  private final String name;
  private final String description;
  private final long[] samples;
  private final long[] sorted;

  private AccuracyDataSet(String name, String description, LongStream samples) {
    this.name = name;
    this.description = description;
    this.samples = samples.toArray();
    this.sorted = this.samples.clone();
    Arrays.sort(sorted);
  }

  /** Returns all sets, in the order of the table. */
  static List<AccuracyDataSet> all() {
    return List.of(
        uniform(),
        logNormal(),
        bimodal(),
        heavyTailed(),
        byPosition("constant", "137 ms", i -> 137 * MILLISECOND),
        byPosition("ascending", "1 ms to 1,001 ms in steps of 5 us", i -> MILLISECOND + i * 5000),
        byPosition(
            "descending",
            "1,001 ms to 1 ms in steps of 5 us",
            i -> MILLISECOND + (SAMPLES - i) * 5000),
        byPosition(
            "sawtooth",
            "1 ms to 1,000 ms in steps of 1 ms, 200 times",
            i -> (1 + i % 1000) * MILLISECOND),
        recordedSwarm());
  }

  private static AccuracyDataSet uniform() {
    Random random = new Random(SEED);
    return drawn(
        "uniform",
        "1 ms to 1,000 ms",
        () -> MILLISECOND + (long) (999 * MILLISECOND * random.nextDouble()));
  }

  private static AccuracyDataSet logNormal() {
    Random random = new Random(SEED);
    return drawn("log-normal", "median 200 ms, standard deviation of the logarithm 1", () ->
        (long) (200 * MILLISECOND * StrictMath.exp(random.nextGaussian())));
  }

  private static AccuracyDataSet heavyTailed() {
    Random random = new Random(SEED);
    return drawn("heavy-tailed", "Pareto from 1 ms, exponent 1", () ->
        (long) (MILLISECOND / (1 - random.nextDouble())));
  }

  /** Returns two latencies with nothing between them, shuffled. */
  private static AccuracyDataSet bimodal() {
    long[] samples = new long[1_000_000];
    Arrays.fill(samples, 10 * MILLISECOND);
    Arrays.fill(samples, 950_000, samples.length, 1_000 * MILLISECOND);
    Random random = new Random(SEED);
    for (int i = samples.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      long sample = samples[i];
      samples[i] = samples[other];
      samples[other] = sample;
    }
    return new AccuracyDataSet(
        BIMODAL, "950,000 times 10 ms and 50,000 times 1 s, shuffled", LongStream.of(samples));
  }

  private static AccuracyDataSet recordedSwarm() {
    return new AccuracyDataSet(
        "recorded swarm",
        "the wall times of 20 FFmpeg processes that play HLS for 90 s",
        Recording.ffmpegSwarm().events().stream()
            .map(Event::action)
            .filter(Event.SegmentDone.class::isInstance)
            .mapToLong(done -> ((Event.SegmentDone) done).wallNanos()));
  }

  private static AccuracyDataSet drawn(String name, String description, LongSupplier sample) {
    return new AccuracyDataSet(name, description, LongStream.generate(sample).limit(SAMPLES));
  }

  private static AccuracyDataSet byPosition(
      String name, String description, LongUnaryOperator sample) {
    return new AccuracyDataSet(name, description, LongStream.range(0, SAMPLES).map(sample));
  }

  String name() {
    return name;
  }

  String description() {
    return description;
  }

  LongStream samples() {
    return LongStream.of(samples);
  }

  int count() {
    return samples.length;
  }

  /** Returns the latency of a rank, counted from 1 in ascending order. */
  long atRank(long rank) {
    return sorted[(int) rank - 1];
  }

  /** Returns how many samples are shorter than this latency. */
  long below(long nanos) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) / 2;
      if (sorted[middle] < nanos) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Returns how many samples are at most this latency. */
  long upTo(long nanos) {
    return below(nanos + 1);
  }
}
