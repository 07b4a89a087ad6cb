package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'DroppedWithinReadTwins\.'
 *
 *   test                samples  bad   verdict
 *   WeakenedWriteOrder  327,021  413   caught
 *   WeakenedReadOrder   125,683   43   caught
 *   WeakenedModes       148,184    3   caught
 *   WeakenedRejection     9,146   38   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link DroppedWithinRead}. Each test names the edge or
 * the step that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class DroppedWithinReadTwins {
  private DroppedWithinReadTwins() {}

  /** Reverses the order of the writer: the dropped lines are raised before the read lines. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "before the call")
  @Outcome(
      id = "2, 0",
      expect = ACCEPTABLE,
      desc = "load the dropped lines | call | load the read lines")
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "raise dropped | load both | raise read: more lines dropped than read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedWriteOrder {
    private final long[] read = {1};
    private final long[] dropped = new long[1];

    @Actor
    public void record() {
      Cells.raise(dropped, 0, 2);
      Cells.raise(read, 0, 2);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r2 = Cells.readCounterAcquire(dropped, 0);
      result.r1 = Cells.readCounterAcquire(read, 0);
    }
  }

  /** Reverses the order of the reader: the read lines are loaded before the dropped lines. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "before the call")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "raise read | load both | raise dropped")
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the read lines | call | load the dropped lines: more lines dropped than read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReadOrder {
    private final long[] read = {1};
    private final long[] dropped = new long[1];

    @Actor
    public void record() {
      Cells.raise(read, 0, 2);
      Cells.raise(dropped, 0, 2);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = Cells.readCounterAcquire(read, 0);
      result.r2 = Cells.readCounterAcquire(dropped, 0);
    }
  }

  /**
   * Removes the memory modes: both fields are plain, so the compiler may swap the stores or the
   * loads.
   */
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "before the call")
  @Outcome(
      id = "2, 0",
      expect = ACCEPTABLE,
      desc = "load the dropped lines | call | load the read lines")
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "the compiler swaps the stores or the loads: more lines dropped than read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedModes {
    private long read = 1;
    private long dropped;

    @Actor
    public void record() {
      read = 2;
      dropped = 2;
    }

    @Actor
    public void read(JJ_Result result) {
      result.r2 = dropped;
      result.r1 = read;
    }
  }

  /** Goes on after a rejection, at the end of a run that seals in the order of the writer. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "call | seals")
  @Outcome(
      id = "2, 0",
      expect = ACCEPTABLE,
      desc = "raise read | both seals | raise dropped: rejected")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "both seals | call: rejected")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "seal read | raise read: rejected | raise dropped | seal dropped: "
          + "more lines dropped than read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedRejection {
    private final long[] read = {1};
    private final long[] dropped = new long[1];

    @Actor
    public void record() {
      Cells.raise(read, 0, 2);
      Cells.raise(dropped, 0, 2);
    }

    @Actor
    public void end() {
      Cells.seal(read, 0);
      Cells.seal(dropped, 0);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = Cells.readCounterAcquire(read, 0);
      result.r2 = Cells.readCounterAcquire(dropped, 0);
    }
  }
}
