package io.swarmstats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Runs each action in its own thread. All actions start at one gate, and the race ends when all
 * actions have ended.
 */
public final class Race {

  /** The work of one racer. */
  public interface Action {
    void run() throws Exception;
  }

  private Race() {}

  /**
   * Runs one thread for each action. If actions fail, the race throws the exception of the first
   * failed action.
   */
  public static void of(List<? extends Action> actions) {
    CyclicBarrier gate = new CyclicBarrier(actions.size());
    ExecutorService threads = Executors.newFixedThreadPool(actions.size());
    try {
      List<Future<?>> racers = new ArrayList<>();
      for (Action action : actions) {
        racers.add(threads.submit(() -> {
          gate.await();
          action.run();
          return null;
        }));
      }
      for (Future<?> racer : racers) {
        racer.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a racer failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  public static void of(Action... actions) {
    of(List.of(actions));
  }

  /** Runs the same action in a number of threads. */
  public static void inThreads(int threads, Action action) {
    of(Collections.nCopies(threads, action));
  }

  /**
   * Runs the actions, and repeats an observation beside them until all actions have ended. One last
   * observation follows, which sees all effects of the actions.
   */
  public static void observed(Action observation, List<? extends Action> actions) {
    AtomicInteger running = new AtomicInteger(actions.size());
    List<Action> all = new ArrayList<>();
    all.add(() -> {
      boolean quiet;
      do {
        quiet = running.get() == 0; // read before the observation
        observation.run();
      } while (!quiet);
    });
    for (Action action : actions) {
      all.add(() -> {
        try {
          action.run();
        } finally {
          running.decrementAndGet();
        }
      });
    }
    of(all);
  }

  public static void observed(Action observation, Action... actions) {
    observed(observation, List.of(actions));
  }

  /**
   * Waits inside an action until other actions have made the condition true. If the race fails, the
   * wait ends with an exception.
   */
  public static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Thread.onSpinWait();
    }
  }

  /**
   * Runs all actions at once, round after round. All actions pass the gate of a round within a
   * fraction of a microsecond. Between two rounds all actions are quiet, and one thread runs the
   * check.
   */
  public static void inRounds(int rounds, Action check, List<? extends Action> actions) {
    Gate gate = new Gate(actions.size());
    List<Action> all = new ArrayList<>();
    for (Action action : actions) {
      all.add(() -> {
        for (int i = 0; i < rounds && gate.pass(() -> {}); i++) {
          gate.breakUnlessEnds(action);
          if (!gate.pass(check)) {
            return; // another racer failed and reports the reason
          }
        }
      });
    }
    of(all);
  }

  public static void inRounds(int rounds, Action check, Action... actions) {
    inRounds(rounds, check, List.of(actions));
  }

  /** A barrier whose threads wait by spinning. A parked thread would wake too late for the race. */
  private static final class Gate {
    private static final int SPINS = 1_000; // after that, another racer may need the processor

    private final int racers;
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile int opened;
    private volatile boolean broken;

    Gate(int racers) {
      this.racers = racers;
    }

    /** Runs an action. If the action fails, the gate breaks and the other racers stop waiting. */
    void breakUnlessEnds(Action action) throws Exception {
      try {
        action.run();
      } catch (Throwable t) {
        broken = true;
        throw t;
      }
    }

    /**
     * Waits for all racers. The last racer to arrive runs the action and then opens the gate.
     * Returns false if a racer failed.
     */
    @SuppressWarnings(
        "ThreadPriorityCheck") // no test relies on the yield; it only ends the round sooner
    boolean pass(Action last) throws Exception {
      int before = opened;
      if (arrived.incrementAndGet() == racers) {
        breakUnlessEnds(last);
        arrived.set(0);
        opened = before + 1;
        return true;
      }
      for (int spins = 0; opened == before && !broken; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
      return !broken;
    }
  }
}
