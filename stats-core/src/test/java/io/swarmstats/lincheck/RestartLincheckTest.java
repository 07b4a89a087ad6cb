package io.swarmstats.lincheck;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.internal.Cells;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Restarts of a process, its updates, and readers of the total (promises G2 and G3).
 *
 * <p>If only one thread restarts, all operations are linearizable: a restart takes effect when it
 * seals the ended run. Several concurrent restarts are not linearizable. An overtaken restart has
 * already sealed the run, so an update is rejected before this restart takes effect. A lesser
 * promise holds: totals never fall, and every report is either counted once or rejected.
 */
@Tag("lincheck")
class RestartLincheckTest {

  @Test
  void restart_withLateUpdatesAndReaders_isLinearizable() {
    ThreeThreads.check(ShippedRestart.class);
  }

  @Test
  void restarts_atOnce_loseNoReport() {
    ThreeThreads.check(ShippedRestarts.class);
  }

  @Test
  void runThatIsFoldedBeforeItIsSealed_isFound() {
    ThreeThreads.refute(WeakenedSeal.class);
  }

  @Test
  void pointerThatIsStored_isFound() {
    ThreeThreads.refute(WeakenedPointer.class);
  }

  /** One thread restarts and updates its own run. All threads update the first run. */
  @Param(name = "bytes", gen = IntGen.class, conf = "1:3")
  public static class ShippedRestart {
    private final ClientStats client = new ClientStats(1, ThreeThreads.STILL);
    private final ProcessRun first = client.currentRun();
    private ProcessRun own = first;

    public ShippedRestart() {}

    @Operation(nonParallelGroup = "process")
    public void restart() {
      own = client.onProcessStart();
    }

    @Operation(nonParallelGroup = "process")
    public void update(@Param(name = "bytes") int bytes) {
      own.updateBytes(bytes);
    }

    @Operation
    public void updateFirst(@Param(name = "bytes") int bytes) {
      first.updateBytes(bytes);
    }

    @Operation
    public long totalBytes() {
      return client.totalBytes();
    }

    @Operation
    public long rejectedUpdates() {
      return client.rejectedUpdates();
    }
  }

  /** Each restart reports one byte through its own run. */
  @Param(name = "thread", gen = ThreadIdGen.class)
  public static class ShippedRestarts {
    private final ClientStats client = new ClientStats(1, ThreeThreads.STILL);
    private final AtomicInteger reports = new AtomicInteger();
    private final long[] seen = new long[5];

    public ShippedRestarts() {}

    @Operation
    public void restart() {
      reports.incrementAndGet();
      client.onProcessStart().updateBytes(1);
    }

    @Operation
    public boolean totalFalls(@Param(name = "thread") int thread) {
      long before = seen[thread];
      seen[thread] = client.totalBytes();
      return seen[thread] < before;
    }

    @Validate
    public void everyReportIsCountedOnceOrRejected() {
      long accounted = client.totalBytes() + client.rejectedUpdates();
      if (accounted != reports.get()) {
        throw new IllegalStateException(accounted + " of " + reports.get());
      }
    }
  }

  /**
   * Twin: a restart that folds the run before it seals the run. A row has two cells: the bytes of
   * the run and the base.
   */
  public static class WeakenedSeal {
    private final long[] first = new long[2];
    private final AtomicReference<long[]> current = new AtomicReference<>(first);

    public WeakenedSeal() {}

    @Operation(nonParallelGroup = "process")
    public void restart() {
      long[] run = current.get();
      long[] next = {0, run[1] + Cells.readCounterAcquire(run, 0)};
      Cells.seal(run, 0);
      current.set(next);
    }

    @Operation
    public boolean updateFirst() {
      return Cells.raise(first, 0, 1);
    }

    @Operation
    public long totalBytes() {
      long[] run = current.get();
      return run[1] + Cells.readCounterAcquire(run, 0);
    }
  }

  /** Twin: a restart that stores the pointer without comparing it. */
  public static class WeakenedPointer {
    private final AtomicReference<long[]> current = new AtomicReference<>(new long[2]);
    private final AtomicInteger accepted = new AtomicInteger();

    public WeakenedPointer() {}

    @Operation
    public void restart() {
      long[] run = current.get();
      long[] next = {0, run[1] + Cells.seal(run, 0)};
      current.set(next);
      if (Cells.raise(next, 0, 1)) {
        accepted.incrementAndGet();
      }
    }

    @Validate
    public void everyReportIsCountedOnceOrRejected() {
      long[] run = current.get();
      long total = run[1] + Cells.readCounterAcquire(run, 0);
      if (total != accepted.get()) {
        throw new IllegalStateException(total + " of " + accepted.get());
      }
    }
  }
}
