package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.StatsAggregator;
import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Playback;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJZ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.JZ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/*
 * Run: .ci/jcstress 'Stalls\.'
 *
 *   test                     samples  bad   verdict
 *   ShippedTwoReports        111,284    0   held
 *   ShippedTwoTimes          103,649    0   held
 *   ShippedTwoStops           70,324    0   held
 *   ShippedThreeTimes        237,823    0   held
 *   ShippedStartAgain        407,571    0   held
 *   ShippedRestart           108,339    0   held
 *   ShippedRestartAndStop    109,494    0   held
 *   ShippedTwoRestarts       112,435    0   held
 *   ShippedRemoval           357,547    0   held
 *   ShippedRestartAndOlder   104,374    0   held
 *   ShippedRemovalAndTotals  280,876    0   held
 *   ShippedStalled            74,468    0   held
 *   ShippedSummary           219,579    0   held
 *   ShippedHealthy           108,909    0   held
 *   ShippedJump              101,814    0   held
 *   ShippedJumpAndRead       107,373    0   held
 *   ShippedJumpAndSlow       102,195    0   held
 *   ShippedWholeStall        198,583    0   held
 *   ShippedJumpAndRestart    261,224    0   held
 *   ShippedSecondJump         78,004    0   held
 *   ShippedTotals            298,445    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Every stall and every wait is counted once. Once all writers are quiet, the stall clock is as the
 * last report left the clock (promise G18).
 *
 * <p>The promise rests on these rules. A report starts the clock, and adds its wait, by a
 * compare-and-set from the values that the report judged. The clock starts before its wait is
 * added. One step stops the clock and counts the stall. One step lowers the media and ends the era
 * of the viewer. The end of a run seals what it counts. A reader loads the wait before the clock.
 *
 * <p>The promise would fail if one of these rules were left out. All failures are interleavings,
 * which x86 shows too.
 */
public final class Stalls {
  private Stalls() {}

  /** Reports twice at 30 s. The media ran out at 10 s. */
  @JCStressTest
  @Outcome(
      id = "1, 20, false",
      expect = ACCEPTABLE,
      desc = "one report adds the wait and starts the clock; the other stops the clock")
  @Outcome(id = ".*, 40, .*", expect = FORBIDDEN, desc = "the wait is counted twice")
  @Outcome(id = "2, .*, .*", expect = FORBIDDEN, desc = "the stall is counted twice")
  @Outcome(
      id = "0, 20, true",
      expect = FORBIDDEN,
      desc = "add the wait | nothing to stop | start the clock: the clock runs on")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoReports {
    private final TimedViewer viewer = TimedViewer.waiting();

    @Actor
    public void first() {
      viewer.report(12);
    }

    @Actor
    public void second() {
      viewer.report(12);
    }

    @Arbiter
    public void look(JJZ_Result result) {
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.waitedSeconds();
      result.r3 = viewer.isStalledAt(35); // media runs out at 32 s
    }
  }

  /** Reports at 30 s and at 31 s. The media ran out at 10 s, and no report brings new media. */
  @JCStressTest
  @Outcome(
      id = "0, 21, true",
      expect = ACCEPTABLE,
      desc = "31 s is slow, and 30 s is slow or older: the clock runs")
  @Outcome(
      id = "1, 21, false",
      expect = FORBIDDEN,
      desc = "31 s adds the wait | 30 s finds no wait and stops the clock of a later report")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoTimes {
    private final TimedViewer viewer = TimedViewer.waiting();

    /** Lets the time advance by one second at each read. */
    public ShippedTwoTimes() {
      viewer.tick();
    }

    @Actor
    public void first() {
      viewer.report(10);
    }

    @Actor
    public void second() {
      viewer.report(10);
    }

    @Arbiter
    public void look(JJZ_Result result) {
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.waitedSeconds();
      result.r3 = viewer.isStalledAt(35); // media runs out at 31 s
    }
  }

  /** Records two healthy reports at 30 s, while the clock has run since 10 s. */
  @JCStressTest
  @Outcome(id = "1, 20, false", expect = ACCEPTABLE, desc = "one report stops the clock")
  @Outcome(id = "2, .*, .*", expect = FORBIDDEN, desc = "the stall is counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoStops {
    private final TimedViewer viewer = TimedViewer.slow();

    @Actor
    public void first() {
      viewer.report(40);
    }

    @Actor
    public void second() {
      viewer.report(40);
    }

    @Arbiter
    public void look(JJZ_Result result) {
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.waitedSeconds();
      result.r3 = viewer.isStalledAt(38);
    }
  }

  /**
   * Reports at 40 s without new media. Meanwhile another thread reports at 20 s with media up to 19
   * s, and at 30 s with media up to 24 s. The viewer waits until 20 s, and from 29 s to 30 s.
   */
  @JCStressTest
  @Outcome(id = "1, 16, true", expect = ACCEPTABLE, desc = "20 s | 30 s | 40 s: waits from 35 s")
  @Outcome(id = "0, 21, true", expect = ACCEPTABLE, desc = "20 s | 40 s: waits from 29 s")
  @Outcome(id = "0, 30, true", expect = ACCEPTABLE, desc = "40 s: waits from 10 s")
  @Outcome(
      id = "1, 21, true",
      expect = ACCEPTABLE,
      desc = "20 s | 30 s without its media | 40 s: waits from 30 s")
  @Outcome(
      id = "1, 21, false",
      expect = FORBIDDEN,
      desc = "30 s adds its wait | 40 s finds the clock running | 30 s stops the clock")
  @Outcome(
      id = "1, 30, true",
      expect = FORBIDDEN,
      desc = "load the media | 20 s | 30 s | load the wait: a wait despite the media")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedThreeTimes {
    private final TimedViewer viewer = TimedViewer.playing(10);

    @Actor
    public void late() {
      viewer.reportAt(40, 10, 1.0);
    }

    @Actor
    public void early() {
      viewer.reportAt(20, 19, 1.0);
      viewer.reportAt(30, 24, 1.0);
    }

    @Arbiter
    public void look(JJZ_Result result) {
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.waitedSeconds();
      result.r3 = viewer.isStalledAt(50);
    }
  }

  /** Stops and starts the clock by the speed, at last at 14 s, while reports of 13 s come. */
  @JCStressTest
  @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "the clock has run since 14 s")
  @Outcome(
      id = "0, false",
      expect = FORBIDDEN,
      desc =
          "load the clock | stop | start again | stop: a report stops the clock of a later start")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedStartAgain {
    private final TimedViewer viewer = TimedViewer.playing(20);

    /** Starts the clock at 12 s. */
    public ShippedStartAgain() {
      viewer.goTo(12);
      viewer.stats().updateSpeed(0.5);
    }

    @Actor
    public void report() {
      for (int i = 0; i < 4; i++) {
        viewer.reportAt(13, 20, 0.5);
      }
    }

    @Actor
    public void startAgain() {
      viewer.stats().updateSpeed(1.0);
      viewer.stats().updateSpeed(0.5);
      viewer.goTo(14);
      viewer.stats().updateSpeed(1.0);
      viewer.stats().updateSpeed(0.5);
    }

    @Arbiter
    public void look(JZ_Result result) {
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.isStalledAt(20); // the media runs out at 20 s
    }
  }

  /** Reports at 30 s while another thread restarts the process. The media ran out at 10 s. */
  @JCStressTest
  @Outcome(id = "1, 20, 0", expect = ACCEPTABLE, desc = "report | restart")
  @Outcome(id = "1, 20, 1", expect = ACCEPTABLE, desc = "restart | report: rejected")
  @Outcome(id = "0, .*, .*", expect = FORBIDDEN, desc = "the stall is lost")
  @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the wait is lost")
  @Outcome(id = ".*, 40, .*", expect = FORBIDDEN, desc = "the wait is counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRestart {
    private final TimedViewer viewer = TimedViewer.waiting();

    @Actor
    public void report() {
      viewer.report(12);
    }

    @Actor
    public void restart() {
      viewer.stats().onProcessStart();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.waitedSeconds();
      result.r3 = viewer.stats().rejectedUpdates();
    }
  }

  /** Restarts at 30 s while a healthy report stops the clock, which has run since 10 s. */
  @JCStressTest
  @Outcome(
      id = {"1, 20, 0", "1, 20, 1"},
      expect = ACCEPTABLE,
      desc = "the report or the restart counts the stall")
  @Outcome(id = "0, .*, .*", expect = FORBIDDEN, desc = "the stall is lost")
  @Outcome(id = "2, .*, .*", expect = FORBIDDEN, desc = "the stall is counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRestartAndStop {
    private final TimedViewer viewer = TimedViewer.slow();

    @Actor
    public void report() {
      viewer.report(40);
    }

    @Actor
    public void restart() {
      viewer.stats().onProcessStart();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.waitedSeconds();
      result.r3 = viewer.stats().rejectedUpdates();
    }
  }

  /** Restarts twice at 30 s. The media ran out at 10 s. */
  @JCStressTest
  @Outcome(id = "1, 20, 2", expect = ACCEPTABLE, desc = "both restarts end the same run once")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoRestarts {
    private final TimedViewer viewer = TimedViewer.waiting();

    @Actor
    public void first() {
      viewer.stats().onProcessStart();
    }

    @Actor
    public void second() {
      viewer.stats().onProcessStart();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.waitedSeconds();
      result.r3 = viewer.stats().processStarts();
    }
  }

  /** Reports at 30 s while an aggregator removes the client. The media ran out at 10 s. */
  @JCStressTest
  @Outcome(id = "1, 20, 0", expect = ACCEPTABLE, desc = "report | removal")
  @Outcome(id = "1, 20, 1", expect = ACCEPTABLE, desc = "removal | report: rejected")
  @Outcome(id = "0, .*, .*", expect = FORBIDDEN, desc = "the stall is lost")
  @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the wait is lost")
  @Outcome(id = ".*, 40, .*", expect = FORBIDDEN, desc = "the wait is counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRemoval {
    private final TimedViewer viewer = TimedViewer.waiting();
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);

    /** Adds the client to the aggregator. */
    public ShippedRemoval() {
      aggregator.addClient(viewer.stats());
    }

    @Actor
    public void report() {
      viewer.report(12);
    }

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Arbiter
    public void look(JJJ_Result result) {
      Playback playback = aggregator.aggregate().playback();
      result.r1 = playback.stalls();
      result.r2 = playback.stalledTime().toSeconds();
      result.r3 = viewer.stats().rejectedUpdates();
    }
  }

  /** Reports at 14 s, while another thread restarts at 40 s. The media ran out at 10 s. */
  @JCStressTest
  @Outcome(id = "1, 30", expect = ACCEPTABLE, desc = "the restart counts the stall and the wait")
  @Outcome(
      id = "0, 30",
      expect = FORBIDDEN,
      desc = "add the last wait | stop the clock at 14 s, too early to count | the stall is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRestartAndOlder {
    private final TimedViewer viewer = TimedViewer.playing(10);

    /** Lets 40 s pass. */
    public ShippedRestartAndOlder() {
      viewer.goTo(40);
    }

    @Actor
    public void report() {
      viewer.reportAt(14, 10, 1.0);
    }

    @Actor
    public void restart() {
      viewer.stats().onProcessStart();
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.waitedSeconds();
    }
  }

  /** Removes a client at 30 s or 31 s, while a report comes. Client and aggregator must agree. */
  @JCStressTest
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "the totals are what the client accepted")
  @Outcome(
      id = {"true, false", "false, .*"},
      expect = FORBIDDEN,
      desc = "read the totals | report: accepted and lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRemovalAndTotals {
    private final TimedViewer viewer = TimedViewer.waiting();
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);

    /** Adds the client to the aggregator. */
    public ShippedRemovalAndTotals() {
      aggregator.addClient(viewer.stats());
      viewer.tick();
    }

    @Actor
    public void report() {
      viewer.report(12);
    }

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Arbiter
    public void look(ZZ_Result result) {
      Playback playback = aggregator.aggregate().playback();
      result.r1 = playback.stalls() == viewer.stats().stalls();
      result.r2 = playback.stalledTime().toSeconds() == viewer.waitedSeconds();
    }
  }

  /** Reads a stalled client at 30 s, while a report adds the wait since 10 s. */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "the client is stalled all the time")
  @Outcome(
      id = "false",
      expect = FORBIDDEN,
      desc = "load the clock | report | load the wait: stalled, but shown as healthy")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedStalled {
    private final TimedViewer viewer = TimedViewer.waiting();

    @Actor
    public void report() {
      viewer.report(10);
    }

    @Actor
    public void read(Z_Result result) {
      boolean stalled = true;
      for (int i = 0; i < 8; i++) {
        stalled &= viewer.stats().isStalled();
      }
      result.r1 = stalled;
    }
  }

  /** Takes a summary of a client at 30 s, while a report adds the wait since 10 s. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the wait is added")
  @Outcome(id = "0, 20", expect = ACCEPTABLE, desc = "after the wait is added")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSummary {
    private final TimedViewer viewer = TimedViewer.waiting();

    @Actor
    public void report() {
      viewer.report(10);
    }

    @Actor
    public void read(JJ_Result result) {
      ClientSummary summary = viewer.stats().summary();
      result.r1 = summary.stalls();
      result.r2 = summary.stalledTime().toSeconds();
    }
  }

  /** Reads a healthy client at 45 s, while a report starts the clock for the second time. */
  @JCStressTest
  @Outcome(id = "false", expect = ACCEPTABLE, desc = "the media ran out 3 s ago")
  @Outcome(
      id = "true",
      expect = FORBIDDEN,
      desc = "load the start at 10 s | start again at 42 s | the clock runs: stalled")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedHealthy {
    private final TimedViewer viewer = TimedViewer.slow();

    /** Stops the clock at 30 s, and lets the media run out at 42 s. */
    public ShippedHealthy() {
      viewer.report(22);
      viewer.goTo(45);
    }

    @Actor
    public void report() {
      viewer.report(22);
    }

    @Actor
    public void read(Z_Result result) {
      boolean stalled = false;
      for (int i = 0; i < 8; i++) {
        stalled |= viewer.stats().isStalled();
      }
      result.r1 = stalled;
    }
  }

  /** Jumps back from 100 s to 1 s of media, while another report brings 101 s of media. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the viewer waits in neither timeline")
  @Outcome(
      id = ".*, 29",
      expect = FORBIDDEN,
      desc = "lower the media | report | end the era: a wait that nobody waited")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedJump {
    private final TimedViewer viewer = TimedViewer.playing(100);

    /** Lets 30 s pass. */
    public ShippedJump() {
      viewer.goTo(30);
    }

    @Actor
    public void jump() {
      viewer.report(1);
    }

    @Actor
    public void report() {
      viewer.report(101);
    }

    @Arbiter
    public void look(JJ_Result result) {
      viewer.stats().onProcessStart();
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.waitedSeconds();
    }
  }

  /** Reads a healthy client at 30 s, while its timeline jumps back. The last report was at 0 s. */
  @JCStressTest
  @Outcome(id = "false", expect = ACCEPTABLE, desc = "there is media, before and after the jump")
  @Outcome(
      id = "true",
      expect = FORBIDDEN,
      desc = "end the era | read | set the time of the report: stalled")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedJumpAndRead {
    private final TimedViewer viewer = TimedViewer.playing(100);

    /** Lets 30 s pass. */
    public ShippedJumpAndRead() {
      viewer.goTo(30);
    }

    @Actor
    public void jump() {
      viewer.report(1);
    }

    @Actor
    public void read(Z_Result result) {
      result.r1 = viewer.stats().isStalled();
    }
  }

  /**
   * Jumps back at 40 s or 41 s, while another report brings no new media. The media ran out at 20
   * s. Then the viewer begins again at 60 s.
   */
  @JCStressTest
  @Outcome(id = "1, 20", expect = ACCEPTABLE, desc = "jump at 40 s | report at 41 s")
  @Outcome(id = "1, 21", expect = ACCEPTABLE, desc = "the report is first, or the jump is later")
  @Outcome(
      id = "1, 40",
      expect = ACCEPTABLE,
      desc = "report at 41 s | jump at 40 s: the report is later, so the jump is ignored")
  @Outcome(
      id = "2, .*",
      expect = FORBIDDEN,
      desc = "load | start, add and stop for the jump | start for a wait that is counted")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedJumpAndSlow {
    private final TimedViewer viewer = TimedViewer.playing(20);

    /** Lets the media run out at 20 s. */
    public ShippedJumpAndSlow() {
      viewer.goTo(40);
      viewer.tick();
    }

    @Actor
    public void jump() {
      viewer.report(1);
    }

    @Actor
    public void report() {
      viewer.report(20);
    }

    @Arbiter
    public void look(JJ_Result result) {
      viewer.goTo(60);
      viewer.report(2);
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.waitedSeconds();
    }
  }

  /** Records a whole stall, while another report is slow. */
  @JCStressTest
  @Outcome(id = "1, 20, false", expect = ACCEPTABLE, desc = "one stall, and the clock is stopped")
  @Outcome(
      id = "2, .*, .*",
      expect = FORBIDDEN,
      desc = "load | slow | healthy: counted | start and stop: counted again")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWholeStall {
    private final TimedViewer viewer = TimedViewer.waiting();

    @Actor
    public void report() {
      viewer.report(10);
    }

    @Actor
    public void stall() {
      viewer.report(10);
      viewer.report(19);
    }

    @Arbiter
    public void look(JJZ_Result result) {
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.waitedSeconds();
      result.r3 = viewer.isStalledAt(38);
    }
  }

  /** Jumps back at 30 s, while another thread restarts. The media ran out at 20 s. */
  @JCStressTest
  @Outcome(
      id = {"1, 10, 0", "1, 10, 1"},
      expect = ACCEPTABLE,
      desc = "the jump or the restart counts the stall")
  @Outcome(id = "2, .*, .*", expect = FORBIDDEN, desc = "the stall is counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedJumpAndRestart {
    private final TimedViewer viewer = TimedViewer.playing(20);

    /** Lets the media run out at 20 s. */
    public ShippedJumpAndRestart() {
      viewer.goTo(30);
    }

    @Actor
    public void jump() {
      viewer.report(1);
    }

    @Actor
    public void restart() {
      viewer.stats().onProcessStart();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r1 = viewer.stats().stalls();
      result.r2 = viewer.waitedSeconds();
      result.r3 = viewer.stats().rejectedUpdates();
    }
  }

  /** Jumps back a second time, while another report lets the viewer begin again. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "the viewer waits in no timeline")
  @Outcome(
      id = "9",
      expect = FORBIDDEN,
      desc = "load | begin | jump: the viewer begins one report too early, and waits")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSecondJump {
    private final TimedViewer viewer = TimedViewer.playing(100);

    /** Jumps back from 100 s to 50 s of media. */
    public ShippedSecondJump() {
      viewer.goTo(10);
      viewer.report(50);
    }

    @Actor
    public void jump() {
      viewer.report(1);
    }

    @Actor
    public void begin() {
      viewer.report(45);
    }

    @Arbiter
    public void look(J_Result result) {
      viewer.goTo(20);
      viewer.report(2);
      result.r1 = viewer.waitedSeconds();
    }
  }

  /** Reads totals twice, while a report and a restart of another thread come. */
  @JCStressTest
  @Outcome(id = "false, false, 1", expect = ACCEPTABLE, desc = "no total falls")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTotals {
    private final TimedViewer viewer = TimedViewer.waiting();

    @Actor
    public void restart() {
      viewer.report(12);
      viewer.stats().onProcessStart();
    }

    @Actor
    public void read(ZZJ_Result result) {
      ClientSummary earlier = viewer.stats().summary();
      ClientSummary later = viewer.stats().summary();
      result.r1 = later.stalls() < earlier.stalls();
      result.r2 = later.stalledTime().compareTo(earlier.stalledTime()) < 0;
    }

    @Arbiter
    public void look(ZZJ_Result result) {
      result.r3 = viewer.stats().stalls();
    }
  }
}
