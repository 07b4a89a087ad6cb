package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/*
 * Run: .ci/jcstress 'IntervalsTwins\.'
 *
 *   test             samples     bad   verdict
 *   WeakenedEarlier   88,244     883   caught
 *   WeakenedFold      80,564     130   caught
 *   WeakenedOverlap   70,324     198   caught
 *   WeakenedStart    188,403  74,440   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link Intervals}. Each test names the edge or the step
 * that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class IntervalsTwins {
  private static final int ROUNDS = 64;

  private IntervalsTwins() {}

  /** Reads the earlier total again instead of keeping the earlier snapshot. */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "the intervals add up")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read the interval | count | read its end: the request is in no interval")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedEarlier {
    private final AtomicLong counted = new AtomicLong();
    private long inIntervals;
    private long earlier;

    @Actor
    public void record() {
      for (int i = 0; i < ROUNDS; i++) {
        counted.getAndIncrement();
      }
    }

    @Actor
    public void read() {
      for (int i = 0; i < ROUNDS; i++) {
        inIntervals += counted.get() - earlier;
        earlier = counted.get();
      }
    }

    @Arbiter
    public void look(Z_Result result) {
      result.r1 = inIntervals + (counted.get() - earlier) == ROUNDS;
    }
  }

  /** Takes the total of an ended run away before the total enters the base. */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "the intervals add up")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "clear | read | add: the total falls, and what it lost is in two intervals")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedFold {
    private final AtomicLong base = new AtomicLong();
    private final AtomicLong current = new AtomicLong();
    private long inIntervals;
    private long earlier;

    @Actor
    public void restart() {
      for (int i = 0; i < ROUNDS; i++) {
        current.set(1);
        base.addAndGet(current.getAndSet(0));
      }
    }

    @Actor
    public void read() {
      for (int i = 0; i < ROUNDS; i++) {
        long later = base.get() + current.get();
        inIntervals += Math.max(0, later - earlier);
        earlier = later;
      }
    }

    @Arbiter
    public void look(Z_Result result) {
      long last = base.get() + current.get();
      result.r1 = inIntervals + Math.max(0, last - earlier) == ROUNDS;
    }
  }

  /** Does not cut the interval to zero between two snapshots that overlap. */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "no interval is negative")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "reader: clock | other: snapshot | count | reader: total. Negative")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedOverlap {
    private record Snapshot(long time, long total) {}

    private final AtomicLong clock = new AtomicLong();
    private final AtomicLong counted = new AtomicLong();
    private final Snapshot[] ones = new Snapshot[ROUNDS];
    private final Snapshot[] others = new Snapshot[ROUNDS];

    private Snapshot snapshot() {
      return new Snapshot(clock.getAndIncrement(), counted.get());
    }

    @Actor
    public void one() {
      Arrays.setAll(ones, i -> snapshot());
    }

    @Actor
    public void otherAndRecord() {
      for (int i = 0; i < ROUNDS; i++) {
        others[i] = snapshot();
        counted.getAndIncrement();
      }
    }

    @Arbiter
    public void look(Z_Result result) {
      Snapshot[] all = Stream.of(ones, others)
          .flatMap(Stream::of)
          .sorted(Comparator.comparingLong(Snapshot::time))
          .toArray(Snapshot[]::new);
      result.r1 = true;
      for (int i = 1; i < all.length; i++) {
        result.r1 &= all[i].total() - all[i - 1].total() >= 0;
      }
    }
  }

  /**
   * Gives both epochs the same start time. The result is the number of requests in the interval.
   */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "a snapshot of the old epoch")
  @Outcome(
      id = "3",
      expect = ACCEPTABLE_INTERESTING,
      desc = "the requests of the old epoch are subtracted from those of the new epoch")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedStart {
    private record Epoch(long start, long requests) {}

    private static final Epoch EARLIER = new Epoch(0, 5);

    private final AtomicReference<Epoch> epoch = new AtomicReference<>(EARLIER);

    @Actor
    public void reset() {
      epoch.set(new Epoch(0, 8));
    }

    @Actor
    public void read(J_Result result) {
      Epoch later = epoch.get();
      result.r1 = later.start() == EARLIER.start()
          ? later.requests() - EARLIER.requests()
          : later.requests();
    }
  }
}
