package io.swarmstats.jcstress;

import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.HttpErrors;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/*
 * Run: .ci/jcstress 'LostUpdateRivals\.'
 *
 *   test                     samples  bad   verdict
 *   PlainAtomicsRequests     438,291    0   held
 *   MutexHttpErrors          428,051    0   held
 *   SynchronizedHttpErrors   458,771    0   held
 *   EagerHttpErrors           52,404    0   held
 *   ConcurrentMapHttpErrors  271,503    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link LostUpdate}. Each test names its variant
 * and the fault that shows.
 */
public final class LostUpdateRivals {
  private LostUpdateRivals() {}

  /**
   * {@code PlainAtomicsClientStats}: all clients of the documents count requests with atomics. No
   * fault shows here.
   */
  @JCStressTest
  @JCStressMeta(LostUpdate.Shipped.class)
  @State
  public static class PlainAtomicsRequests {
    private final Client client = ClientContender.PLAIN_ATOMICS.create(1, Configs.STILL);

    @Actor
    public void first() {
      client.incrementSegmentRequests();
    }

    @Actor
    public void second() {
      client.incrementSegmentRequests();
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = client.segmentRequests();
    }
  }

  /** {@code MutexHttpErrors}: a map behind a mutex. No fault shows here. */
  @JCStressTest
  @JCStressMeta(LostUpdate.ShippedHttpErrors.class)
  @State
  public static class MutexHttpErrors {
    private final HttpErrors errors = new io.swarmstats.rivals.MutexHttpErrors();

    @Actor
    public void first() {
      errors.record(404);
    }

    @Actor
    public void second() {
      errors.record(404);
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = LostUpdate.of404(errors.counts());
    }
  }

  /**
   * {@code SynchronizedHttpErrors}: the same map with {@code synchronized}. No fault shows here.
   */
  @JCStressTest
  @JCStressMeta(LostUpdate.ShippedHttpErrors.class)
  @State
  public static class SynchronizedHttpErrors {
    private final HttpErrors errors = new io.swarmstats.rivals.SynchronizedHttpErrors();

    @Actor
    public void first() {
      errors.record(404);
    }

    @Actor
    public void second() {
      errors.record(404);
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = LostUpdate.of404(errors.counts());
    }
  }

  /**
   * {@code EagerHttpErrors}: an array of atomics that is made with the client. No fault shows here.
   */
  @JCStressTest
  @JCStressMeta(LostUpdate.ShippedHttpErrors.class)
  @State
  public static class EagerHttpErrors {
    private final HttpErrors errors = new io.swarmstats.rivals.EagerHttpErrors();

    @Actor
    public void first() {
      errors.record(404);
    }

    @Actor
    public void second() {
      errors.record(404);
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = LostUpdate.of404(errors.counts());
    }
  }

  /**
   * {@code ConcurrentMapHttpErrors}: a concurrent map whose first two users race to make the
   * counter. No fault shows here.
   */
  @JCStressTest
  @JCStressMeta(LostUpdate.ShippedHttpErrors.class)
  @State
  public static class ConcurrentMapHttpErrors {
    private final HttpErrors errors = new io.swarmstats.rivals.ConcurrentMapHttpErrors();

    @Actor
    public void first() {
      errors.record(404);
    }

    @Actor
    public void second() {
      errors.record(404);
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = LostUpdate.of404(errors.counts());
    }
  }
}
