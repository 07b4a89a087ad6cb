package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * A client, or the handle of a run, that is passed through a plain field, by a data race, is seen
 * whole or not at all (promise G16).
 *
 * <p>Rests on all that they hold being reached through final fields (Java Language Specification,
 * 17.5). It would fail if one of these fields were not final. x86 keeps stores in order, so there
 * only the compiler can put the store of the reference first, and G1's barrier before that store
 * mostly keeps it from doing so: with the usual options the twin shows its fault seldom or never,
 * but always with {@code -jvmArgs "-XX:+UseParallelGC -XX:-TieredCompilation
 * -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM"}.
 */
public final class SafePublication {
  private SafePublication() {}

  /** A client: requests, and bytes after an update through the racy reference. */
  @JCStressTest
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "not there yet")
  @Outcome(id = "0, 5", expect = ACCEPTABLE, desc = "there, and whole")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedClient {
    private @Nullable ClientStats shared;

    @Actor
    public void publish() {
      shared = new ClientStats(1, Configs.STILL);
    }

    @Actor
    public void use(JJ_Result result) {
      ClientStats stats = shared;
      if (stats == null) {
        result.r1 = -1;
        result.r2 = -1;
      } else {
        result.r1 = stats.segmentRequests();
        stats.updateCurrentBytes(5);
        result.r2 = stats.totalBytes();
      }
    }
  }

  /** The handle of a run: ended, and bytes in all after an update through the racy reference. */
  @JCStressTest
  @Outcome(id = "false, -1", expect = ACCEPTABLE, desc = "not there yet")
  @Outcome(id = "false, 1005", expect = ACCEPTABLE, desc = "there, and whole")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRun {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);
    private @Nullable ProcessRun shared;

    /** Creates a client with 1000 bytes. */
    public ShippedRun() {
      stats.updateCurrentBytes(1000);
    }

    @Actor
    public void publish() {
      shared = stats.onProcessStart();
    }

    @Actor
    public void use(ZJ_Result result) {
      ProcessRun run = shared;
      if (run == null) {
        result.r2 = -1;
      } else {
        run.updateBytes(5);
        result.r1 = run.isEnded();
        result.r2 = stats.totalBytes();
      }
    }
  }

  private static void use(@Nullable Client client, JJ_Result result) {
    if (client == null) {
      result.r1 = -1;
      result.r2 = -1;
    } else {
      result.r1 = client.segmentRequests();
      client.updateCurrentBytes(5);
      result.r2 = client.totalBytes();
    }
  }

  /** Mutexes: the states that they guard are reached through final fields. */
  @JCStressTest
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "not there yet")
  @Outcome(id = "0, 5", expect = ACCEPTABLE, desc = "there, and whole")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexClient {
    private @Nullable Client shared;

    @Actor
    public void publish() {
      shared = ClientContender.MUTEX.create(1, Configs.STILL);
    }

    @Actor
    public void use(JJ_Result result) {
      SafePublication.use(shared, result);
    }
  }

  /** Pooled states, and atomics that are reached through final fields. */
  @JCStressTest
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "not there yet")
  @Outcome(id = "0, 5", expect = ACCEPTABLE, desc = "there, and whole")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledClient {
    private @Nullable Client shared;

    @Actor
    public void publish() {
      shared = ClientContender.POOLED_RESET_AFTER_GET.create(1, Configs.STILL);
    }

    @Actor
    public void use(JJ_Result result) {
      SafePublication.use(shared, result);
    }
  }

  /** Atomics that are reached through final fields. */
  @JCStressTest
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "not there yet")
  @Outcome(id = "0, 5", expect = ACCEPTABLE, desc = "there, and whole")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsClient {
    private @Nullable Client shared;

    @Actor
    public void publish() {
      shared = ClientContender.PLAIN_ATOMICS.create(1, Configs.STILL);
    }

    @Actor
    public void use(JJ_Result result) {
      SafePublication.use(shared, result);
    }
  }

  /**
   * The fields are not final. They are set after a volatile read, as by a constructor that asks for
   * the time. Seldom seen on x86, see above.
   */
  @JCStressTest
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "not there yet")
  @Outcome(id = "4", expect = ACCEPTABLE, desc = "there, and whole")
  @Outcome(
      id = {"0", "1", "2", "3"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "the reference came before its fields")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedFields {
    private @Nullable Row shared;
    private volatile int time = 1;

    @Actor
    public void publish() {
      shared = new Row(this);
    }

    @Actor
    public void use(I_Result result) {
      Row row = shared;
      result.r1 = row == null ? -1 : row.a + row.b + row.c + row.d;
    }

    private static final class Row {
      int a;
      int b;
      int c;
      int d;

      Row(WeakenedFields clock) {
        int now = clock.time;
        a = now;
        b = now;
        c = now;
        d = now;
      }
    }
  }
}
