package io.swarmstats.jcstress;

import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'SafePublicationRivals\.'
 *
 *   test                samples  bad   verdict
 *   MutexClient         121,197    0   held
 *   PooledClient        113,517    0   held
 *   PlainAtomicsClient  121,197    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link SafePublication}. Each test names its
 * variant and the fault that shows.
 */
public final class SafePublicationRivals {
  private SafePublicationRivals() {}

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

  /**
   * {@code MutexClientStats}: final fields lead to the mutexes and their states. No fault shows
   * here.
   */
  @JCStressTest
  @JCStressMeta(SafePublication.ShippedClient.class)
  @State
  public static class MutexClient {
    private @Nullable Client shared;

    @Actor
    public void publish() {
      shared = ClientContender.MUTEX.create(1, Configs.STILL);
    }

    @Actor
    public void use(JJ_Result result) {
      SafePublicationRivals.use(shared, result);
    }
  }

  /**
   * {@code PooledClientStats}: final fields lead to the atomics and their states. No fault shows
   * here.
   */
  @JCStressTest
  @JCStressMeta(SafePublication.ShippedClient.class)
  @State
  public static class PooledClient {
    private @Nullable Client shared;

    @Actor
    public void publish() {
      shared = ClientContender.POOLED_RESET_AFTER_GET.create(1, Configs.STILL);
    }

    @Actor
    public void use(JJ_Result result) {
      SafePublicationRivals.use(shared, result);
    }
  }

  /** {@code PlainAtomicsClientStats}: final fields lead to the atomics. No fault shows here. */
  @JCStressTest
  @JCStressMeta(SafePublication.ShippedClient.class)
  @State
  public static class PlainAtomicsClient {
    private @Nullable Client shared;

    @Actor
    public void publish() {
      shared = ClientContender.PLAIN_ATOMICS.create(1, Configs.STILL);
    }

    @Actor
    public void use(JJ_Result result) {
      SafePublicationRivals.use(shared, result);
    }
  }
}
