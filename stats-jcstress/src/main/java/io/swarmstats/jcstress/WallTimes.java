package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJZ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.JZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/*
 * Run: .ci/jcstress 'WallTimes\.'
 *
 *   test                 samples  bad   verdict
 *   ShippedFirst          39,039    0   held
 *   ShippedFirstRead      69,092    0   held
 *   ShippedTwoRows        50,805    0   held
 *   ShippedEqual          55,602    0   held
 *   ShippedSnapshot       70,884    0   held
 *   ShippedTwoRecorders   57,839    0   held
 *   ShippedFigures        14,399    0   held
 *   ShippedExtremes       54,964    0   held
 *   ShippedDays           62,447    0   held
 *   ShippedTurn            1,845    0   held
 *   ShippedTwoTurns        3,780    0   held
 *   ShippedWindow         10,065    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * No wall time is lost or counted twice. A snapshot contains everything that was recorded before
 * the snapshot began, and its sum, minimum and maximum are within what its buckets allow (promise
 * G14).
 *
 * <p>The promise rests on one order and on atomic steps. A writer raises the extremes, adds to the
 * sum, and then counts the latency in its bucket; a reader loads in the reverse order. One step
 * adds to a sum, one step counts in a bucket, and one step adds a row that already has a latency.
 *
 * <p>The promise would fail if one of the two orders were different, if a thread stored its row
 * over another, or if a sum passed a multiple of 2^63 unnoticed. All failures are interleavings,
 * which x86 shows too. The processor must keep the order of the accesses as well. x86 always does,
 * so no test can break this edge on x86.
 */
public final class WallTimes {

  /** How often a thread records while another thread reads: often enough that both overlap. */
  static final int ROUNDS = 64;

  /** How many snapshots a thread takes while another thread records. */
  private static final int SNAPSHOTS = 4;

  /** The middle of a bucket. All latencies up to 5,000 ns away are in the same bucket. */
  private static final long MIDDLE = 1_003_400;

  /** The longest latency that enters the sum as a whole. */
  private static final long LONG = (1L << 48) - 1;

  /** This many latencies of LONG add up to just below 2^63 ns. One more passes 2^63 ns. */
  private static final int BELOW_TURN = 1 << 15;

  /** A latency of several days: its upper bits go into a cell of their own. */
  private static final long DAYS = (5L << 50) + 7;

  private WallTimes() {}

  private static LatencyHistogram histogram(long nanos, int times) {
    LatencyHistogram histogram = new LatencyHistogram();
    for (int i = 0; i < times; i++) {
      histogram.record(nanos);
    }
    return histogram;
  }

  private static void record(LatencyHistogram histogram, long nanos) {
    for (int i = 0; i < ROUNDS; i++) {
      histogram.record(nanos);
    }
  }

  private static LatencySnapshot[] snapshots(LatencyHistogram histogram) {
    LatencySnapshot[] snapshots = new LatencySnapshot[SNAPSHOTS];
    for (int i = 0; i < SNAPSHOTS; i++) {
      snapshots[i] = histogram.snapshot();
    }
    return snapshots;
  }

  private static long countOf(long nanos, LatencySnapshot snapshot) {
    return snapshot.buckets().stream()
        .filter(bucket -> bucket.upper().toNanos() == nanos)
        .mapToLong(LatencySnapshot.Bucket::count)
        .sum();
  }

  /**
   * Returns whether sum, minimum and maximum are those of the buckets. Only for latencies of some
   * nanoseconds: such a bucket holds one integer.
   */
  private static boolean isExact(LatencySnapshot snapshot) {
    List<LatencySnapshot.Bucket> buckets = snapshot.buckets();
    Duration sum = Duration.ZERO;
    for (LatencySnapshot.Bucket bucket : buckets) {
      sum = sum.plus(bucket.upper().multipliedBy(bucket.count()));
    }
    return snapshot.sum().equals(sum)
        && snapshot.min().equals(buckets.get(0).upper())
        && snapshot.max().equals(buckets.get(buckets.size() - 1).upper());
  }

  /** Returns whether the sum is that of equal latencies. */
  private static boolean isSumOf(long nanos, LatencySnapshot snapshot) {
    return snapshot.sum().equals(Duration.ofNanos(nanos).multipliedBy(snapshot.count()));
  }

  /** Records from two threads, each of which makes the first row. */
  @JCStressTest
  @Outcome(id = "1, 1, true", expect = ACCEPTABLE, desc = "both are kept")
  @Outcome(
      id = {"1, 0, true", "0, 1, true"},
      expect = FORBIDDEN,
      desc = "one row replaced the other")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFirst {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Actor
    public void one() {
      histogram.record(1);
    }

    @Actor
    public void nine() {
      histogram.record(9);
    }

    @Arbiter
    public void look(JJZ_Result result) {
      LatencySnapshot snapshot = histogram.snapshot();
      result.r1 = countOf(1, snapshot);
      result.r2 = countOf(9, snapshot);
      result.r3 = isExact(snapshot);
    }
  }

  /**
   * Records the first latency while another thread looks for it. A snapshot that finds the row
   * without a latency throws.
   */
  @JCStressTest
  @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "the other thread gives up | record")
  @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "the row has the latency")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFirstRead {
    private final LatencyHistogram histogram = new LatencyHistogram();
    private LatencySnapshot seen = LatencySnapshot.EMPTY;

    @Actor
    public void record() {
      histogram.record(9);
    }

    @Actor
    public void read() {
      for (int i = 0; i < 16 * ROUNDS && seen.isEmpty(); i++) {
        seen = histogram.snapshot();
      }
    }

    @Arbiter
    public void look(JZ_Result result) {
      result.r1 = seen.count();
      result.r2 = seen.isEmpty() || isExact(seen);
    }
  }

  /**
   * Records from two threads into one row. A thread whose addition to the sum fails makes a second
   * row.
   */
  @JCStressTest
  @Outcome(id = "64, 64, true", expect = ACCEPTABLE, desc = "all are kept")
  @Outcome(
      id = ".*, true",
      expect = FORBIDDEN,
      desc = "a latency is lost, or is counted in the row to whose sum it was not added")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoRows {
    private final LatencyHistogram histogram = histogram(5, 1);

    @Actor
    public void one() {
      record(histogram, 1);
    }

    @Actor
    public void nine() {
      record(histogram, 9);
    }

    @Arbiter
    public void look(JJZ_Result result) {
      LatencySnapshot snapshot = histogram.snapshot();
      result.r1 = countOf(1, snapshot);
      result.r2 = countOf(9, snapshot);
      result.r3 = isExact(snapshot);
    }
  }

  /** Records equal latencies from two threads: both count in one bucket. */
  @JCStressTest
  @Outcome(id = "128, true", expect = ACCEPTABLE, desc = "all are kept")
  @Outcome(
      id = "128, false",
      expect = FORBIDDEN,
      desc = "load | load | store | store: the sum loses a latency")
  @Outcome(
      id = ".*, true",
      expect = FORBIDDEN,
      desc = "load | load | store | store: the bucket loses a latency")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedEqual {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Actor
    public void one() {
      record(histogram, 5);
    }

    @Actor
    public void other() {
      record(histogram, 5);
    }

    @Arbiter
    public void look(JZ_Result result) {
      LatencySnapshot snapshot = histogram.snapshot();
      result.r1 = snapshot.count();
      result.r2 = isSumOf(5, snapshot);
    }
  }

  /**
   * Records a latency and looks for it while another thread takes a snapshot. A last snapshot
   * follows.
   */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the other snapshot | record | snapshot")
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "record | both snapshots")
  @Outcome(
      id = "0, .*",
      expect = FORBIDDEN,
      desc = "the snapshot misses a latency that was recorded before it")
  @Outcome(
      id = {".*, 0", ".*, 2"},
      expect = FORBIDDEN,
      desc = "the latency is lost or counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSnapshot {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Actor
    public void recordAndRead(JJJ_Result result) {
      histogram.record(1);
      result.r1 = histogram.snapshot().count();
    }

    @Actor
    public void read(JJJ_Result result) {
      result.r2 = histogram.snapshot().count();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r3 = histogram.snapshot().count();
    }
  }

  /**
   * Records from two threads, one of which then takes a snapshot. The results are whether its own
   * latencies are in the snapshot, and whether sum and extremes are those of the buckets.
   */
  @JCStressTest
  @Outcome(id = "64, true", expect = ACCEPTABLE, desc = "whatever there is of the other thread")
  @Outcome(
      id = ".*, true",
      expect = FORBIDDEN,
      desc = "the snapshot misses a latency that was recorded before it")
  @Outcome(id = "64, false", expect = FORBIDDEN, desc = "a figure is not what the buckets allow")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoRecorders {
    private final LatencyHistogram histogram = new LatencyHistogram();
    private LatencySnapshot seen = LatencySnapshot.EMPTY;

    @Actor
    public void one() {
      record(histogram, 1);
    }

    @Actor
    public void nineAndRead() {
      record(histogram, 9);
      seen = histogram.snapshot();
    }

    @Arbiter
    public void look(JZ_Result result) {
      result.r1 = countOf(9, seen);
      result.r2 = isExact(seen);
    }
  }

  /**
   * Takes snapshots while another thread records shorter and longer latencies in turn. The result
   * is whether sum and extremes are those of the buckets.
   */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "the figures are those of the buckets")
  @Outcome(id = "false", expect = FORBIDDEN, desc = "a figure is not what the buckets allow")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFigures {
    private final LatencyHistogram histogram = histogram(30, 1);
    private LatencySnapshot[] seen = {};

    @Actor
    public void record() {
      for (int i = 1; i < 30; i++) {
        histogram.record(30 - i);
        histogram.record(30 + i);
      }
    }

    @Actor
    public void read() {
      seen = snapshots(histogram);
    }

    @Arbiter
    public void look(Z_Result result) {
      result.r1 = Arrays.stream(seen).allMatch(WallTimes::isExact);
    }
  }

  /**
   * Takes snapshots while another thread records longer and shorter latencies of one bucket in
   * turn, so that each is a new extreme. The first result is how far a counted latency lies outside
   * the extremes, in nanoseconds. The second result is how far the sum lies outside the range from
   * count × minimum to count × maximum.
   */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "whatever the snapshots have")
  @Outcome(
      id = ".*, 0",
      expect = FORBIDDEN,
      desc = "the snapshot counts a latency outside its extremes")
  @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the sum is not what the bucket allows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedExtremes {
    private final LatencyHistogram histogram = histogram(MIDDLE, 1);
    private LatencySnapshot[] seen = {};

    @Actor
    public void record() {
      for (int i = 1; i <= ROUNDS / 2; i++) {
        histogram.record(MIDDLE + 100L * i);
        histogram.record(MIDDLE - 100L * i);
      }
    }

    @Actor
    public void read() {
      seen = snapshots(histogram);
    }

    @Arbiter
    public void look(JJ_Result result) {
      for (LatencySnapshot snapshot : seen) {
        long count = snapshot.count();
        long min = snapshot.min().toNanos();
        long max = snapshot.max().toNanos();
        long sum = snapshot.sum().toNanos();
        long highest = MIDDLE + count / 2 * 100;
        long lowest = MIDDLE - (count - 1) / 2 * 100;
        result.r1 = Math.max(result.r1, Math.max(highest - max, min - lowest));
        result.r2 = Math.max(result.r2, Math.max(count * min - sum, sum - count * max));
      }
    }
  }

  /**
   * Takes snapshots while another thread records latencies of days, which enter the sum in two
   * parts. All are equal, so the count determines the sum.
   */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "whatever the snapshots have")
  @Outcome(
      id = "false",
      expect = FORBIDDEN,
      desc = "the sum does not have both parts of a latency that a bucket counts")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedDays {
    private final LatencyHistogram histogram = histogram(DAYS, 1);
    private LatencySnapshot[] seen = {};

    @Actor
    public void record() {
      WallTimes.record(histogram, DAYS);
    }

    @Actor
    public void read() {
      seen = snapshots(histogram);
    }

    @Arbiter
    public void look(Z_Result result) {
      result.r1 = Arrays.stream(seen).allMatch(snapshot -> isSumOf(DAYS, snapshot));
    }
  }

  /**
   * Takes snapshots while the sum passes 2^64 ns. All latencies are equal, so the count determines
   * the sum. Each state records 65,500 latencies first, so there are few samples.
   */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "whatever the snapshots have")
  @Outcome(id = "false", expect = FORBIDDEN, desc = "the sum is off by 2^64 ns")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTurn {
    private final LatencyHistogram histogram = histogram(LONG, 2 * BELOW_TURN - ROUNDS / 2);
    private LatencySnapshot[] seen = {};

    @Actor
    public void record() {
      WallTimes.record(histogram, LONG);
    }

    @Actor
    public void read() {
      seen = snapshots(histogram);
    }

    @Arbiter
    public void look(Z_Result result) {
      result.r1 = Arrays.stream(seen).allMatch(snapshot -> isSumOf(LONG, snapshot));
    }
  }

  /**
   * Records from two threads after the sum has passed 2^63 ns. Both threads find that no thread has
   * counted this turn. Each state records 32,769 latencies first, so there are few samples.
   */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "one thread counts the turn")
  @Outcome(id = "false", expect = FORBIDDEN, desc = "both count it: the sum is 2^64 ns too high")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoTurns {
    private final LatencyHistogram histogram = histogram(LONG, BELOW_TURN + 1);

    @Actor
    public void one() {
      histogram.record(LONG);
    }

    @Actor
    public void other() {
      histogram.record(LONG);
    }

    @Arbiter
    public void look(Z_Result result) {
      result.r1 = isSumOf(LONG, histogram.snapshot());
    }
  }

  /**
   * Takes snapshots while another thread records. The first result is the number of latencies that
   * a snapshot has and the next snapshot lacks. The second result is whether each snapshot and the
   * difference after it add up to the next snapshot.
   */
  @JCStressTest
  @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "the differences add up")
  @Outcome(id = "0, false", expect = FORBIDDEN, desc = "a difference does not add up")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWindow {
    private final LatencyHistogram histogram = histogram(MIDDLE, 1);
    private LatencySnapshot[] seen = {};

    @Actor
    public void record() {
      for (int i = 1; i <= ROUNDS; i++) {
        histogram.record(i * MIDDLE);
      }
    }

    @Actor
    public void read() {
      seen = snapshots(histogram);
    }

    @Arbiter
    public void look(JZ_Result result) {
      result.r2 = true;
      LatencySnapshot earlier = LatencySnapshot.EMPTY;
      for (LatencySnapshot later : seen) {
        LatencySnapshot sum = later.since(earlier).plus(earlier);
        result.r1 += earlier.since(later).count();
        result.r2 &= sum.count() == later.count()
            && sum.sum().equals(later.sum())
            && sum.buckets().equals(later.buckets());
        earlier = later;
      }
    }
  }
}
