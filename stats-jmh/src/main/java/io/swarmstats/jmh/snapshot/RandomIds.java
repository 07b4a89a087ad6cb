package io.swarmstats.jmh.snapshot;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Random ids of clients, in the same order for each contender. */
@State(Scope.Thread)
public class RandomIds {

  private static final int SEED = 5;

  private final SplittableRandom random = new SplittableRandom(SEED);

  int next(int clients) {
    return random.nextInt(clients);
  }
}
