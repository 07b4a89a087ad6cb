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
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/*
 * Run: .ci/jcstress 'StallsTwins\.'
 *
 *   test                samples     bad   verdict
 *   WeakenedStart       129,204     817   caught
 *   WeakenedStartAgain  138,164   1,752   caught
 *   WeakenedWait        520,211  34,720   caught
 *   WeakenedStop        440,244     324   caught
 *   WeakenedTurns       410,463   1,181   caught
 *   WeakenedKeep        438,003   4,777   caught
 *   WeakenedJump        147,251     148   caught
 *   WeakenedSecondJump  169,779   2,288   caught
 *   WeakenedClockEra    101,044   2,162   caught
 *   WeakenedLast        247,149     385   caught
 *   WeakenedSeal         67,764  63,993   caught
 *   WeakenedReadOrder   159,924      11   caught
 *   WeakenedSince       118,125      68   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link Stalls}. Each test names the edge or the step
 * that it removes; its bad outcome proves that the test of the library can fail.
 *
 * <p>Times are seconds. The viewer began at 0 s, and the media ran out at 10 s. The clock is a
 * number of turns, and runs if this number is odd; every second turn counts a stall.
 */
public final class StallsTwins {
  private static final int WAITED = 0;
  private static final int CLOCK = 1;
  private static final int SINCE = 2;

  private static final int OUT = 0;
  private static final int BEGIN = 1;
  private static final int LAST = 2;

  private static final int NOT_BEGUN = -1;
  private static final int NEW_ERA = 100; // more than any media

  private StallsTwins() {}

  /** Adds the wait before the clock starts. Two reports come at 30 s. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "one report starts the clock, the other stops it")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "add the wait | nothing to stop | start the clock: the clock runs on")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedStart {
    private final long[] row = new long[2];

    @Actor
    public void first() {
      report();
    }

    @Actor
    public void second() {
      report();
    }

    private void report() {
      if (Cells.casCounter(row, WAITED, 0, 20)) {
        Cells.casCounter(row, CLOCK, 0, 1);
      } else {
        Cells.casCounter(row, CLOCK, 1, 2);
      }
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = Cells.readCounterAcquire(row, CLOCK);
    }
  }

  /** Loads the clock after the wait. One thread records a whole stall, the other a slow report. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "one stall")
  @Outcome(
      id = "2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the wait | start, add and stop | load the clock, start and stop: counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedStartAgain {
    private final long[] row = new long[2];

    @Actor
    public void stall() {
      Cells.casCounter(row, CLOCK, 0, 1);
      Cells.casCounter(row, WAITED, 0, 20);
      stop();
    }

    @Actor
    public void report() {
      if (Cells.readCounterAcquire(row, WAITED) == 0) {
        long clock = Cells.readCounterAcquire(row, CLOCK);
        if (clock % 2 == 0) {
          Cells.casCounter(row, CLOCK, clock, clock + 1);
        }
        if (!Cells.casCounter(row, WAITED, 0, 20)) {
          stop(); // the report starts again, and finds no wait
        }
      }
    }

    private void stop() {
      long clock = Cells.readCounterAcquire(row, CLOCK);
      if (clock % 2 == 1) {
        Cells.casCounter(row, CLOCK, clock, clock + 1);
      }
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = Cells.readCounterAcquire(row, CLOCK) / 2;
    }
  }

  /** Adds the wait without a comparison. Two reports come at 30 s. */
  @JCStressTest
  @Outcome(id = "20", expect = ACCEPTABLE, desc = "the second report finds no wait")
  @Outcome(
      id = "40",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | add | add: the wait is counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedWait {
    private final long[] row = new long[1];

    @Actor
    public void first() {
      report();
    }

    @Actor
    public void second() {
      report();
    }

    private void report() {
      Cells.getAndAddGauge(row, WAITED, 20 - Cells.readGaugeAcquire(row, WAITED));
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = Cells.readGaugeAcquire(row, WAITED);
    }
  }

  /** Counts the stall in a second step. A report stops the clock while the run ends. */
  @JCStressTest
  @Outcome(
      id = "1",
      expect = ACCEPTABLE,
      desc = "the report or the end of the run counts the stall")
  @Outcome(
      id = "0",
      expect = ACCEPTABLE_INTERESTING,
      desc =
          "stop | end: the clock does not run | count, which the seal rejects: the stall is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedStop {
    private final long[] clock = {1};
    private final long[] stalls = new long[1];

    @Actor
    public void report() {
      if (Cells.casCounter(clock, 0, 1, 0)) {
        Cells.increment(stalls, 0);
      }
    }

    @Actor
    public void end(J_Result result) {
      long running = Cells.seal(clock, 0);
      result.r1 = Cells.seal(stalls, 0) + running;
    }
  }

  /** Removes the turns. A report of 12 s stops the clock, which another thread starts at 13 s. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "the clock has run since 13 s")
  @Outcome(
      id = "0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load both | stop | start again | stop: the clock of a later start stops")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedTurns {
    private final long[] row = {0, 1, 10};

    @Actor
    public void report() {
      if (Cells.readCounterAcquire(row, CLOCK) == 1 && Cells.readCounterAcquire(row, SINCE) <= 12) {
        Cells.casCounter(row, CLOCK, 1, 0);
      }
    }

    @Actor
    public void startAgain() {
      Cells.casCounter(row, CLOCK, 1, 0);
      Cells.raise(row, SINCE, 13);
      Cells.casCounter(row, CLOCK, 0, 1);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = Cells.readCounterAcquire(row, CLOCK);
    }
  }

  /** Leaves a running clock. A slow report and an older report come, and the clock runs. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "the slow report starts or keeps the clock")
  @Outcome(
      id = "0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "older: add its wait | slow: find the clock running | older: stop the clock")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedKeep {
    private final long[] row = {0, 1};

    @Actor
    public void older() {
      if (Cells.casCounter(row, WAITED, 0, 1)) {
        Cells.casCounter(row, CLOCK, 1, 2);
      }
    }

    @Actor
    public void slow() {
      long waited;
      do {
        long clock = Cells.readCounterAcquire(row, CLOCK);
        waited = Cells.readCounterAcquire(row, WAITED);
        if (clock % 2 == 0) {
          Cells.casCounter(row, CLOCK, clock, clock + 1);
        }
      } while (!Cells.casCounter(row, WAITED, waited, waited + 10));
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = Cells.readCounterAcquire(row, CLOCK) % 2;
    }
  }

  /** Jumps back to 1 s of media, and ends the era in a second step. A report comes at 30 s. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "the viewer has media, or buffers")
  @Outcome(
      id = "29",
      expect = ACCEPTABLE_INTERESTING,
      desc = "lower the media | report | end the era: a wait that nobody waited")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedJump {
    private final long[] row = {100, 0};

    @Actor
    public void jump() {
      Cells.setGaugeVolatile(row, OUT, 1);
      Cells.setGaugeVolatile(row, BEGIN, NOT_BEGUN);
    }

    @Actor
    public void report(J_Result result) {
      result.r1 = newWait(row, 30);
    }
  }

  /** Keeps the era at a second jump. Meanwhile the viewer begins again at 10 s. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "the viewer has media, or buffers")
  @Outcome(
      id = "9",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the media | jump | begin: the viewer begins one report too early, and waits")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSecondJump {
    private final long[] row = {50, NOT_BEGUN};

    @Actor
    public void jump() {
      if (Cells.readGaugeVolatile(row, BEGIN) == NOT_BEGUN) {
        Cells.casGauge(row, OUT, 50, 1);
      } else {
        Cells.casGauge(row, OUT, 50, NEW_ERA + 1);
      }
    }

    @Actor
    public void begin() {
      long out = Cells.readGaugeVolatile(row, OUT);
      Cells.casGauge(row, BEGIN, NOT_BEGUN, 10);
      if (out < 45) {
        Cells.casGauge(row, OUT, out, 45);
      }
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = newWait(row, 20);
    }
  }

  private static long newWait(long[] row, long now) {
    long out = Cells.readGaugeVolatile(row, OUT);
    long begin = Cells.readGaugeVolatile(row, BEGIN);
    return begin == NOT_BEGUN ? 0 : Math.max(0, now - begin - out);
  }

  /** Removes the era of the clock. The timeline jumps back while a report starts the clock. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "no clock runs while the viewer buffers")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the era | stop | end the era | start: the clock runs in the new era")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedClockEra {
    private final long[] row = {100, 0};

    @Actor
    public void jump() {
      Cells.casCounter(row, CLOCK, 1, 0);
      Cells.setGaugeVolatile(row, OUT, NEW_ERA + 1);
    }

    @Actor
    public void report() {
      if (Cells.readGaugeVolatile(row, OUT) <= NEW_ERA) {
        Cells.casCounter(row, CLOCK, 0, 1);
      }
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = Cells.readCounterAcquire(row, CLOCK);
    }
  }

  /** Sets the time of the report after the jump. A reader comes at 30 s. */
  @JCStressTest
  @Outcome(id = "false", expect = ACCEPTABLE, desc = "the viewer has media, or begins to buffer")
  @Outcome(
      id = "true",
      expect = ACCEPTABLE_INTERESTING,
      desc = "end the era | read | set the time: the viewer seems to buffer since 0 s")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedLast {
    private final long[] row = {100, 0, 0};

    @Actor
    public void jump() {
      Cells.setGaugeVolatile(row, OUT, NEW_ERA + 1);
      Cells.setGaugeVolatile(row, LAST, 30);
    }

    @Actor
    public void read(Z_Result result) {
      boolean buffers = Cells.readGaugeVolatile(row, OUT) > NEW_ERA;
      result.r1 = buffers && 30 - Cells.readGaugeVolatile(row, LAST) > 5;
    }
  }

  /** Removes the seal of the wait. A report comes at 30 s while the run ends at 10 s. */
  @JCStressTest
  @Outcome(id = "true, 20", expect = ACCEPTABLE, desc = "report | fold")
  @Outcome(
      id = "true, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fold | report: the wait is accepted and lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSeal {
    private final long[] row = new long[1];
    private long base;

    @Actor
    public void end() {
      base = Cells.readCounterAcquire(row, WAITED);
    }

    @Actor
    public void report(ZJ_Result result) {
      result.r1 = Cells.casCounter(row, WAITED, 0, 20);
    }

    @Arbiter
    public void look(ZJ_Result result) {
      result.r2 = base;
    }
  }

  /** Reads the clock before the wait. A report adds the wait since 10 s, and a reader comes. */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "the client is stalled all the time")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the clock | start and add | load the wait: stalled, but shown as healthy")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReadOrder {
    private final long[] row = new long[2];

    @Actor
    public void report() {
      Cells.casCounter(row, CLOCK, 0, 1);
      Cells.casCounter(row, WAITED, 0, 20);
    }

    @Actor
    public void read(Z_Result result) {
      boolean clockRuns = Cells.readCounterAcquire(row, CLOCK) == 1;
      long runsOut = 10 + Cells.readCounterAcquire(row, WAITED);
      result.r1 = clockRuns || 30 - runsOut > 5;
    }
  }

  /** Reads the start of the clock before the clock. The clock starts again at 42 s. */
  @JCStressTest
  @Outcome(id = "false", expect = ACCEPTABLE, desc = "the client is not stalled at 45 s")
  @Outcome(
      id = "true",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the start at 10 s | start again at 42 s | the clock runs: stalled")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSince {
    private final long[] row = {0, 2, 10};

    @Actor
    public void report() {
      Cells.raise(row, SINCE, 42);
      Cells.casCounter(row, CLOCK, 2, 3);
    }

    @Actor
    public void read(Z_Result result) {
      long since = Cells.readCounterAcquire(row, SINCE);
      result.r1 = Cells.readCounterAcquire(row, CLOCK) == 3 && 45 - since > 5;
    }
  }
}
