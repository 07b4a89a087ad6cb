package io.swarmstats.lincheck;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsConfig;
import io.swarmstats.TimeSource;
import io.swarmstats.internal.Cells;
import io.swarmstats.snapshot.ClientSummary;
import java.time.Duration;
import java.time.Instant;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Reporters, a restart and a reader of the stalls (promise G18).
 *
 * <p>A report is two atomic steps: the wait and the clock, then the media. If all reports have the
 * same time, no other thread can tell the steps apart, and reports and a restart are linearizable.
 * With times in any order, a lesser promise holds: the wait is counted once, and no second belongs
 * to two stalls. No total falls.
 */
@Tag("lincheck")
class StallsLincheckTest {

  @Test
  void reports_atAnyTimes_countEachWaitOnce() {
    check(ShippedReports.class);
  }

  @Test
  void reportsAndRestart_atOneTime_areLinearizable() {
    check(ShippedRestart.class);
  }

  @Test
  void restart_withOlderReports_countsTheStallOnce() {
    check(ShippedOlderReports.class);
  }

  @Test
  void clockOfALaterStart_isNotStopped() {
    check(ShippedStartAgain.class);
  }

  @Test
  void stalledClient_isSeenAsStalled() {
    check(ShippedStalled.class);
  }

  @Test
  void healthyClient_isSeenAsHealthy() {
    check(ShippedHealthy.class);
  }

  @Test
  void clockThatStartsAfterItsWait_isFound() {
    ThreeThreads.refute(WeakenedStart.class);
  }

  @Test
  void waitThatIsAddedWithoutComparison_isFound() {
    ThreeThreads.refute(WeakenedWait.class);
  }

  private static void check(Class<?> state) {
    ThreeThreads.options()
        .iterations(10) // few operations: most draws have them all
        .addGuarantee(forClasses(Times.class.getName()).allMethods().ignore())
        .check(state);
  }

  /** A time for each thread. */
  static final class Times implements TimeSource {
    private final ThreadLocal<Long> seconds = ThreadLocal.withInitial(() -> 0L);

    void set(long value) {
      seconds.set(value);
    }

    @Override
    public long nanoTime() {
      return seconds.get() * 1_000_000_000;
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }
  }

  /** A client whose media runs out at 10 s, and what each thread has seen of its totals. */
  private static final class Subject {
    private static final int LAST_THREAD = 3; // Lincheck gives the operations afterwards 4

    private final Times times = new Times();
    private final ClientStats client =
        new ClientStats(1, StatsConfig.defaults().withTimeSource(times));
    private final ProcessRun first = client.currentRun();
    private final long[] stalls = new long[LAST_THREAD + 2];
    private final long[] stalledNanos = new long[LAST_THREAD + 2];

    Subject() {
      first.onProgress(-1, 10_000_000, 1);
      first.onProgress(-1, 10_000_000, 1);
    }

    void report(int time, int media) {
      times.set(time);
      first.onProgress(-1, media * 1_000_000L, 1);
    }

    void restart(int time) {
      times.set(time);
      client.onProcessStart();
    }

    /** Returns whether a total has fallen since the last look of this thread. */
    boolean totalFalls(int thread) {
      ClientSummary summary = client.summary();
      boolean falls = summary.stalls() < stalls[thread]
          || summary.stalledTime().toNanos() < stalledNanos[thread];
      stalls[thread] = summary.stalls();
      stalledNanos[thread] = summary.stalledTime().toNanos();
      return falls;
    }

    boolean hasFinished(int thread) {
      return thread > LAST_THREAD;
    }
  }

  /** Reports at 20 s, 30 s and 40 s without new media. */
  @Param(name = "thread", gen = ThreadIdGen.class)
  @Param(name = "tens", gen = IntGen.class, conf = "2:4")
  public static class ShippedReports {
    private final Subject subject = new Subject();

    public ShippedReports() {}

    @Operation
    public String report(@Param(name = "thread") int thread, @Param(name = "tens") int tens) {
      subject.report(tens * 10, 10);
      return look(thread);
    }

    @Operation
    public String look(@Param(name = "thread") int thread) {
      ClientSummary summary = subject.client.summary();
      Duration longest = summary.stalledTime().minus(Duration.ofSeconds(5 * summary.stalls()));
      return subject.hasFinished(thread)
          ? summary.stalledTime() + (longest.isNegative() ? " in too many stalls" : "")
          : "falls: " + subject.totalFalls(thread);
    }
  }

  /** Reports at 30 s, and one thread that restarts at 30 s. */
  @Param(name = "thread", gen = ThreadIdGen.class)
  @Param(name = "media", gen = IntGen.class, conf = "10:20")
  public static class ShippedRestart {
    private final Subject subject = new Subject();

    public ShippedRestart() {}

    @Operation
    public String report(@Param(name = "thread") int thread, @Param(name = "media") int media) {
      subject.report(30, media);
      return look(thread);
    }

    @Operation(nonParallelGroup = "process")
    public String restart(@Param(name = "thread") int thread) {
      subject.restart(30);
      return look(thread);
    }

    private String look(int thread) {
      if (!subject.hasFinished(thread)) {
        return "falls: " + subject.totalFalls(thread);
      }
      subject.times.set(35);
      ClientSummary summary = subject.client.summary();
      return summary.stalls() + " stalls, " + summary.stalledTime() + ", stalled: "
          + summary.stalled() + ", rejected: " + summary.rejectedUpdates();
    }
  }

  /** Reports at 14 s, and one thread that restarts at 40 s. */
  @Param(name = "thread", gen = ThreadIdGen.class)
  public static class ShippedOlderReports {
    private final Subject subject = new Subject();

    public ShippedOlderReports() {}

    @Operation
    public String report(@Param(name = "thread") int thread) {
      subject.report(14, 10);
      return look(thread);
    }

    @Operation(nonParallelGroup = "process")
    public String restart(@Param(name = "thread") int thread) {
      subject.restart(40);
      return look(thread);
    }

    private String look(int thread) {
      ClientSummary summary = subject.client.summary();
      return subject.hasFinished(thread)
          ? summary.stalls() + " stalls, " + summary.stalledTime()
          : "falls: " + subject.totalFalls(thread);
    }
  }

  /** Healthy reports at 11 s, and one thread that starts the clock again at 12 s by the speed. */
  public static class ShippedStartAgain {
    private final Subject subject = new Subject();

    /** Creates a client whose clock runs. */
    public ShippedStartAgain() {
      subject.times.set(11);
      subject.first.updateSpeed(0.5);
    }

    @Operation
    public void report() {
      subject.times.set(11);
      subject.first.onProgress(-1, 20_000_000, 0.5);
    }

    @Operation(nonParallelGroup = "speed")
    public boolean startAgain() {
      subject.times.set(12);
      subject.first.updateSpeed(1.0);
      subject.first.updateSpeed(0.5);
      return isStalled();
    }

    @Operation(nonParallelGroup = "speed")
    public boolean isStalled() {
      subject.times.set(18);
      return subject.client.isStalled();
    }
  }

  /** Reports at 30 s, and a reader. */
  public static class ShippedStalled {
    private final Subject subject = new Subject();

    public ShippedStalled() {}

    @Operation
    public void report() {
      subject.report(30, 10);
    }

    @Operation
    public boolean isStalled() {
      subject.times.set(30);
      return subject.client.isStalled();
    }
  }

  /** Reports at 45 s, and a reader. The media ran out at 42 s. */
  public static class ShippedHealthy {
    private final Subject subject = new Subject();

    /** Creates a client that was stalled until 30 s. */
    public ShippedHealthy() {
      subject.report(30, 10);
      subject.report(30, 22);
    }

    @Operation
    public void report() {
      subject.report(45, 22);
    }

    @Operation
    public boolean isStalled() {
      subject.times.set(45);
      return subject.client.isStalled();
    }
  }

  /** Twin: reports at 30 s that add a wait before they start the clock. */
  public static class WeakenedStart {
    private static final int WAITED = 0;
    private static final int CLOCK = 1;

    private final long[] row = new long[2];

    public WeakenedStart() {}

    @Operation
    public void report() {
      long waited = Cells.readCounterAcquire(row, WAITED);
      if (waited == 20) {
        Cells.casCounter(row, CLOCK, 1, 2); // no wait: stop the clock
      } else if (Cells.casCounter(row, WAITED, waited, 20)) {
        Cells.casCounter(row, CLOCK, 0, 1);
      }
    }

    @Operation
    public long clock() {
      return Cells.readCounterAcquire(row, CLOCK);
    }
  }

  /** Twin: reports at 30 s that add the wait that they computed, whatever was added since. */
  public static class WeakenedWait {
    private final long[] waited = new long[1];

    public WeakenedWait() {}

    @Operation
    public void report() {
      Cells.add(waited, 0, 20 - Cells.readCounterAcquire(waited, 0));
    }

    @Operation
    public long waited() {
      return Cells.readCounterAcquire(waited, 0);
    }
  }
}
