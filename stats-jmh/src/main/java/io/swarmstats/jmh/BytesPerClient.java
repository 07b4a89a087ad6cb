package io.swarmstats.jmh;

import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jol.info.GraphLayout;

/**
 * The result of a memory benchmark: the bytes that each additional client takes.
 *
 * <p>The measurement compares a swarm with a swarm of twice as many clients. The bytes that a swarm
 * takes for itself cancel out.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class BytesPerClient {

  // a power of two: twice as many clients fill a hash table to the same degree
  private static final int CLIENTS = 1_024;

  static {
    // JOL reads the property at its first use, and cannot look into records without the property
    System.setProperty("jol.magicFieldOffset", "true");
  }

  /** The result. JMH publishes this field under its name. */
  public double bytesPerClient;

  /**
   * Measures all objects that are reachable from a swarm.
   *
   * @param swarmOf makes a swarm with the given number of clients
   */
  public void measure(IntFunction<?> swarmOf) {
    long growth = bytesOf(swarmOf.apply(2 * CLIENTS)) - bytesOf(swarmOf.apply(CLIENTS));
    if (growth <= 0) {
      throw new IllegalStateException("twice as many clients took " + growth + " more bytes");
    }
    bytesPerClient = (double) growth / CLIENTS;
  }

  private static long bytesOf(Object swarm) {
    return GraphLayout.parseInstance(swarm).totalSize();
  }
}
