package io.swarmstats.jmh;

import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jol.info.GraphLayout;

/**
 * The secondary result of a benchmark of memory: what a swarm grows by when it gets twice as many
 * clients, divided by the clients it got. What a swarm takes for itself falls out.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class BytesPerClient {

  // a power of two: the tables of a hash map are filled to the same degree at twice as many
  private static final int CLIENTS = 1_024;

  static {
    // without it JOL cannot look into records; must be set before JOL is first used
    System.setProperty("jol.magicFieldOffset", "true");
  }

  /** The result; JMH finds it by its name. */
  public double bytesPerClient;

  /**
   * Measures what is reachable from a swarm.
   *
   * @param swarmOf makes a swarm with so many clients
   */
  public void measure(IntFunction<?> swarmOf) {
    long growth = bytesOf(swarmOf.apply(2 * CLIENTS)) - bytesOf(swarmOf.apply(CLIENTS));
    if (growth <= 0) {
      throw new IllegalStateException("Twice as many clients took " + growth + " bytes more");
    }
    bytesPerClient = (double) growth / CLIENTS;
  }

  private static long bytesOf(Object swarm) {
    return GraphLayout.parseInstance(swarm).totalSize();
  }
}
