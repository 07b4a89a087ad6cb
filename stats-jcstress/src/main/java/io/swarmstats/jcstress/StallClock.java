package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.internal.Cells;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.snapshot.ClientSummary;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DZ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * A stalled client has a speed below the threshold in the same summary, and once all writers are
 * quiet the stall clock runs exactly if the speed is below (promise G7).
 *
 * <p>Rests on each writer looking at the stored speed again after it has changed the clock, on the
 * speed and the clock being in one total order (volatile: a store and then a load of another cell),
 * and on the reader deciding by the speed that it read. It would fail if the second look were left
 * out, or if it could pass the store: the first is an interleaving, the second the one reordering
 * that x86 does, so both show there.
 *
 * <p>Each test ends with a look at the clock: six seconds later a client is stalled, at a stall
 * duration of five, if and only if its clock ran before it was last seen to be slow.
 */
public final class StallClock {
  private StallClock() {}

  /** Starts the clock of any rival: some start it only when the speed falls. */
  private static void slowDown(Client rival) {
    rival.updateSpeed(1.0);
    rival.updateSpeed(0.5);
  }

  /** A rival is stalled if its clock says so, whatever its speed. */
  private static void lookLater(Client rival, ManualTimeSource clock, DZ_Result result) {
    clock.advance(Duration.ofSeconds(6));
    lookAt(rival, result);
  }

  private static void lookAt(Client rival, DZ_Result result) {
    result.r1 = rival.speed();
    result.r2 = rival.isStalled();
  }

  private static boolean clockRan(ClientStats stats, ManualTimeSource clock) {
    clock.advance(Duration.ofSeconds(6));
    stats.updateSpeed(0.5); // starts the clock unless it runs
    return stats.isStalled();
  }

  /** The first two samples, both slow. */
  @JCStressTest
  @Outcome(
      id = {"0.4, true", "0.5, true"},
      expect = ACCEPTABLE,
      desc = "either is the current one, and the clock runs")
  @Outcome(
      id = {"0.4, false", "0.5, false"},
      expect = FORBIDDEN,
      desc = "slow, and never stalled")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFirstSamples {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final ClientStats stats = new ClientStats(1, Configs.at(clock));

    @Actor
    public void slow() {
      stats.updateSpeed(0.5);
    }

    @Actor
    public void slower() {
      stats.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      result.r1 = stats.speed();
      result.r2 = clockRan(stats, clock);
    }
  }

  /** A fast and a slow sample while the clock runs. */
  @JCStressTest
  @Outcome(id = "0.4, true", expect = ACCEPTABLE, desc = "slow last, and the clock runs")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "fast last, and the clock does not run")
  @Outcome(
      id = "0.4, false",
      expect = FORBIDDEN,
      desc = "store 1.0 | store 0.4 | clear: slow, and never stalled")
  @Outcome(id = "1.0, true", expect = FORBIDDEN, desc = "fast, and the clock runs")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWhileSlow {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final ClientStats stats = new ClientStats(1, Configs.at(clock));

    /** Creates a slow client, whose clock runs. */
    public ShippedWhileSlow() {
      stats.updateSpeed(0.5);
    }

    @Actor
    public void fast() {
      stats.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      stats.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      result.r1 = stats.speed();
      result.r2 = clockRan(stats, clock);
    }
  }

  /** A slow and a fast sample while the clock does not run. */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "slow last, and the clock runs")
  @Outcome(id = "1.2, false", expect = ACCEPTABLE, desc = "fast last, and the clock does not run")
  @Outcome(id = "0.5, false", expect = FORBIDDEN, desc = "slow, and never stalled")
  @Outcome(
      id = "1.2, true",
      expect = FORBIDDEN,
      desc = "store 0.5 | store 1.2 | set: fast, and the clock runs")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWhileFast {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final ClientStats stats = new ClientStats(1, Configs.at(clock));

    /** Creates a fast client, whose clock does not run. */
    public ShippedWhileFast() {
      stats.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      stats.updateSpeed(0.5);
    }

    @Actor
    public void fast() {
      stats.updateSpeed(1.2);
    }

    @Arbiter
    public void look(DZ_Result result) {
      result.r1 = stats.speed();
      result.r2 = clockRan(stats, clock);
    }
  }

  /** A summary of a stalled client against a fast sample. */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(
      id = "0.5, false",
      expect = ACCEPTABLE,
      desc = "read the speed | sample | read the clock")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "after the speed was stored")
  @Outcome(id = "1.0, true", expect = FORBIDDEN, desc = "stalled at full speed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSummary {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final ClientStats stats = new ClientStats(1, Configs.at(clock));

    /** Creates a client that has been slow for six seconds. */
    public ShippedSummary() {
      stats.updateSpeed(0.5);
      clock.advance(Duration.ofSeconds(6));
    }

    @Actor
    public void fast() {
      stats.updateSpeed(1.0);
    }

    @Actor
    public void read(DZ_Result result) {
      ClientSummary summary = stats.summary();
      result.r1 = summary.speed();
      result.r2 = summary.stalled();
    }
  }

  /** The documents' mutex: the speed and the clock change in one step. */
  @JCStressTest
  @JCStressMeta(ShippedFirstSamples.class)
  @State
  public static class MutexFirstSamples {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client = ClientContender.MUTEX.create(1, Configs.at(clock));

    @Actor
    public void slow() {
      client.updateSpeed(0.5);
    }

    @Actor
    public void slower() {
      client.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      lookLater(client, clock, result);
    }
  }

  /** The documents' atomics: the clock starts only when the speed falls from a known one. */
  @JCStressTest
  @Outcome(
      id = {"0.4, true", "0.5, true"},
      expect = ACCEPTABLE,
      desc = "either is the current one, and the clock runs")
  @Outcome(
      id = {"0.4, false", "0.5, false"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C1: the speed before is 0, or slow too: slow, and never stalled")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsFirstSamples {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client = ClientContender.PLAIN_ATOMICS.create(1, Configs.at(clock));

    @Actor
    public void slow() {
      client.updateSpeed(0.5);
    }

    @Actor
    public void slower() {
      client.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      lookLater(client, clock, result);
    }
  }

  /** The documents' mutex: the speed and the clock change in one step. */
  @JCStressTest
  @JCStressMeta(ShippedWhileSlow.class)
  @State
  public static class MutexWhileSlow {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client = ClientContender.MUTEX.create(1, Configs.at(clock));

    /** Creates a slow client, whose clock runs. */
    public MutexWhileSlow() {
      slowDown(client);
    }

    @Actor
    public void fast() {
      client.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      client.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      lookLater(client, clock, result);
    }
  }

  /** The same with {@code synchronized}. */
  @JCStressTest
  @JCStressMeta(ShippedWhileSlow.class)
  @State
  public static class SynchronizedWhileSlow {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client = ClientContender.SYNCHRONIZED.create(1, Configs.at(clock));

    /** Creates a slow client, whose clock runs. */
    public SynchronizedWhileSlow() {
      slowDown(client);
    }

    @Actor
    public void fast() {
      client.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      client.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      lookLater(client, clock, result);
    }
  }

  /** The documents' pooled state: the speed and the clock are swapped at once. */
  @JCStressTest
  @JCStressMeta(ShippedWhileSlow.class)
  @State
  public static class PooledResetBeforePutWhileSlow {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client =
        ClientContender.POOLED_RESET_BEFORE_PUT.create(1, Configs.at(clock));

    /** Creates a slow client, whose clock runs. */
    public PooledResetBeforePutWhileSlow() {
      slowDown(client);
    }

    @Actor
    public void fast() {
      client.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      client.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      lookLater(client, clock, result);
    }
  }

  /** The documents' atomics: the clock follows the change that each writer saw. */
  @JCStressTest
  @Outcome(id = "0.4, true", expect = ACCEPTABLE, desc = "slow last, and the clock runs")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "fast last, and the clock does not run")
  @Outcome(
      id = "0.4, false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C2: store 1.0 | store 0.4, set | clear: slow, and never stalled")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsWhileSlow {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client = ClientContender.PLAIN_ATOMICS.create(1, Configs.at(clock));

    /** Creates a slow client, whose clock runs. */
    public PlainAtomicsWhileSlow() {
      slowDown(client);
    }

    @Actor
    public void fast() {
      client.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      client.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      lookLater(client, clock, result);
    }
  }

  /** The documents' mutex: the speed and the clock change in one step. */
  @JCStressTest
  @JCStressMeta(ShippedWhileFast.class)
  @State
  public static class MutexWhileFast {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client = ClientContender.MUTEX.create(1, Configs.at(clock));

    /** Creates a fast client, whose clock does not run. */
    public MutexWhileFast() {
      client.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      client.updateSpeed(0.5);
    }

    @Actor
    public void fast() {
      client.updateSpeed(1.2);
    }

    @Arbiter
    public void look(DZ_Result result) {
      lookLater(client, clock, result);
    }
  }

  /** The documents' pooled state: the speed and the clock are swapped at once. */
  @JCStressTest
  @JCStressMeta(ShippedWhileFast.class)
  @State
  public static class PooledResetBeforePutWhileFast {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client =
        ClientContender.POOLED_RESET_BEFORE_PUT.create(1, Configs.at(clock));

    /** Creates a fast client, whose clock does not run. */
    public PooledResetBeforePutWhileFast() {
      client.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      client.updateSpeed(0.5);
    }

    @Actor
    public void fast() {
      client.updateSpeed(1.2);
    }

    @Arbiter
    public void look(DZ_Result result) {
      lookLater(client, clock, result);
    }
  }

  /** The documents' atomics: the clock follows the change that each writer saw. */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "slow last, and the clock runs")
  @Outcome(id = "1.2, false", expect = ACCEPTABLE, desc = "fast last, and the clock does not run")
  @Outcome(
      id = "0.5, false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C2: store 1.2 | store 0.5, set | clear: slow, and never stalled")
  @Outcome(
      id = "1.2, true",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C3: store 0.5 | store 1.2, clear | set: fast, and stalled")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsWhileFast {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client = ClientContender.PLAIN_ATOMICS.create(1, Configs.at(clock));

    /** Creates a fast client, whose clock does not run. */
    public PlainAtomicsWhileFast() {
      client.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      client.updateSpeed(0.5);
    }

    @Actor
    public void fast() {
      client.updateSpeed(1.2);
    }

    @Arbiter
    public void look(DZ_Result result) {
      lookLater(client, clock, result);
    }
  }

  /** The documents' mutex, which the reader takes for the speed and then for the clock. */
  @JCStressTest
  @JCStressMeta(ShippedSummary.class)
  @State
  public static class MutexSummary {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client = ClientContender.MUTEX.create(1, Configs.at(clock));

    /** Creates a client that has been slow for six seconds. */
    public MutexSummary() {
      slowDown(client);
      clock.advance(Duration.ofSeconds(6));
    }

    @Actor
    public void fast() {
      client.updateSpeed(1.0);
    }

    @Actor
    public void read(DZ_Result result) {
      lookAt(client, result);
    }
  }

  /** The documents' pooled state, cleared before it is put: a reader may still hold it. */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(
      id = "0.5, false",
      expect = ACCEPTABLE,
      desc = "read the speed | sample | read the clock")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "after the speed was stored")
  @Outcome(
      id = "0.0, .*",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, clear | read: no speed, where 0.5 was stored")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetBeforePutSummary {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client =
        ClientContender.POOLED_RESET_BEFORE_PUT.create(1, Configs.at(clock));

    /** Creates a client that has been slow for six seconds. */
    public PooledResetBeforePutSummary() {
      slowDown(client);
      clock.advance(Duration.ofSeconds(6));
    }

    @Actor
    public void fast() {
      client.updateSpeed(1.0);
    }

    @Actor
    public void read(DZ_Result result) {
      lookAt(client, result);
    }
  }

  /**
   * The documents' pooled state, cleared after the get. It is filled again at once, so that x86 may
   * never show the fault here; {@code SegmentSizes} shows it.
   */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(
      id = "0.5, false",
      expect = ACCEPTABLE,
      desc = "read the speed | sample | read the clock")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "after the speed was stored")
  @Outcome(
      id = "0.0, .*",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, put, get, clear | read: no speed, where 0.5 was stored")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetAfterGetSummary {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client =
        ClientContender.POOLED_RESET_AFTER_GET.create(1, Configs.at(clock));

    /** Creates a client that has been slow for six seconds. */
    public PooledResetAfterGetSummary() {
      slowDown(client);
      clock.advance(Duration.ofSeconds(6));
    }

    @Actor
    public void fast() {
      client.updateSpeed(1.0);
    }

    @Actor
    public void read(DZ_Result result) {
      lookAt(client, result);
    }
  }

  /** The documents' atomics: a reader decides by the clock alone. */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(
      id = "0.5, false",
      expect = ACCEPTABLE,
      desc = "read the speed | sample | read the clock")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "after the speed was stored")
  @Outcome(
      id = "1.0, true",
      expect = ACCEPTABLE_INTERESTING,
      desc = "store 1.0 | read both | clear: stalled at full speed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsSummary {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Client client = ClientContender.PLAIN_ATOMICS.create(1, Configs.at(clock));

    /** Creates a client that has been slow for six seconds. */
    public PlainAtomicsSummary() {
      slowDown(client);
      clock.advance(Duration.ofSeconds(6));
    }

    @Actor
    public void fast() {
      client.updateSpeed(1.0);
    }

    @Actor
    public void read(DZ_Result result) {
      lookAt(client, result);
    }
  }

  /** No second look, while the clock runs. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "slow last, and the clock runs")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "fast last, and the clock does not run")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "store fast | store slow | clear: slow, and never stalled")
  @Outcome(
      id = "1, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "store slow | store and clear | set: fast, and the clock runs")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSecondLook {
    private static final int SLOW = 0;
    private static final int FAST = 1;

    private final long[] speed = {SLOW};
    private final long[] clock = {1};

    @Actor
    public void fast() {
      Cells.setGaugeVolatile(speed, 0, FAST);
      Cells.setGaugeVolatile(clock, 0, 0);
    }

    @Actor
    public void slow() {
      Cells.setGaugeVolatile(speed, 0, SLOW);
      if (Cells.readGaugeVolatile(clock, 0) == 0) {
        Cells.casGauge(clock, 0, 0, 1);
      }
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = Cells.readGaugeVolatile(speed, 0);
      result.r2 = Cells.readGaugeVolatile(clock, 0);
    }
  }

  /** Release and acquire instead of volatile: the look at the other cell can pass the store. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "slow last, and the clock runs")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "fast last, and the clock does not run")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "slow looks at the clock before fast's clear is out: slow, and never stalled")
  @Outcome(
      id = "1, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "the same the other way round, which x86 does not show: fast, and the clock runs")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedTotalOrder {
    private static final int SLOW = 0;
    private static final int FAST = 1;

    private final long[] speed = {SLOW};
    private final long[] clock = {1};

    @Actor
    public void fast() {
      record(FAST);
    }

    @Actor
    public void slow() {
      record(SLOW);
    }

    private void record(long value) {
      Cells.setGaugeRelease(speed, 0, value);
      long seen = value;
      long stored;
      do {
        stored = seen;
        if (stored == FAST) {
          if (Cells.readGaugeAcquire(clock, 0) != 0) {
            Cells.setGaugeRelease(clock, 0, 0);
          }
        } else if (Cells.readGaugeAcquire(clock, 0) == 0) {
          Cells.casGauge(clock, 0, 0, 1);
        }
        seen = Cells.readGaugeAcquire(speed, 0);
      } while (seen != stored);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = Cells.readGaugeVolatile(speed, 0);
      result.r2 = Cells.readGaugeVolatile(clock, 0);
    }
  }

  /** The reader decides by the clock alone, which it reads before the speed. */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "after the clock was cleared")
  @Outcome(
      id = "1.0, true",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read the clock | sample | read the speed: stalled at full speed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReader {
    private volatile double speed = 0.5;
    private volatile boolean clockRuns = true;

    @Actor
    public void fast() {
      speed = 1.0;
      clockRuns = false;
    }

    @Actor
    public void read(DZ_Result result) {
      result.r2 = clockRuns;
      result.r1 = speed;
    }
  }

  /** The clock is started by a store instead of a compare-and-set: two slow samples, at 1 and 2. */
  @JCStressTest
  @Outcome(
      id = {"1, 1", "2, 2"},
      expect = ACCEPTABLE,
      desc = "the clock runs from its start")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | look | start at 1 | read | start at 2: a running clock is moved")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedStart {
    private final long[] clock = {-1};

    @Actor
    public void atOne(JJ_Result result) {
      start(1);
      result.r1 = Cells.readGaugeVolatile(clock, 0);
    }

    @Actor
    public void atTwo() {
      start(2);
    }

    private void start(long now) {
      if (Cells.readGaugeVolatile(clock, 0) == -1) {
        Cells.setGaugeVolatile(clock, 0, now);
      }
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = Cells.readGaugeVolatile(clock, 0);
    }
  }

  /** The reader decides by a speed that it reads again. */
  @JCStressTest
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "0.5, false", expect = ACCEPTABLE, desc = "speed | read | clock")
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "after the sample")
  @Outcome(
      id = "1.0, true",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read the speed | sample | read both: stalled at full speed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReread {
    private volatile double speed = 1.0;
    private volatile boolean clockRuns;

    @Actor
    public void slow() {
      speed = 0.5;
      clockRuns = true;
    }

    @Actor
    public void read(DZ_Result result) {
      result.r1 = speed;
      result.r2 = speed < 0.9 && clockRuns;
    }
  }
}
