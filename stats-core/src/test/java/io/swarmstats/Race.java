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

/** Runs actions in threads of their own, all from one start gate, and ends when all have ended. */
public final class Race {

  /** What one racer does. */
  public interface Action {
    void run() throws Exception;
  }

  private Race() {}

  /** Runs one thread for each action; fails with what the first failing action threw. */
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
   * Runs the actions, and beside them an observation again and again, until all actions have ended
   * and then once more; the last one sees all that they did.
   */
  public static void observed(Action observation, List<? extends Action> actions) {
    AtomicInteger running = new AtomicInteger(actions.size());
    List<Action> all = new ArrayList<>();
    all.add(() -> {
      boolean quiet;
      do {
        quiet = running.get() == 0; // before the observation
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
   * Waits, within an action, until others have made the condition true; ends with an exception once
   * the race has failed.
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
   * Runs all actions at once, round after round, each time from a gate that all pass within a
   * fraction of a microsecond; between two rounds, while all are quiet, one thread runs the check.
   */
  public static void inRounds(int rounds, Action check, List<? extends Action> actions) {
    Gate gate = new Gate(actions.size());
    List<Action> all = new ArrayList<>();
    for (Action action : actions) {
      all.add(() -> {
        for (int i = 0; i < rounds && gate.pass(() -> {}); i++) {
          gate.breakUnlessEnds(action);
          if (!gate.pass(check)) {
            return; // another racer failed, and tells why
          }
        }
      });
    }
    of(all);
  }

  public static void inRounds(int rounds, Action check, Action... actions) {
    inRounds(rounds, check, List.of(actions));
  }

  /** A barrier that is waited for by spinning: a parked thread would come too late for the race. */
  private static final class Gate {
    private static final int SPINS = 1_000; // then the processor may be needed by another racer

    private final int racers;
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile int opened;
    private volatile boolean broken;

    Gate(int racers) {
      this.racers = racers;
    }

    /** Runs an action without which the others need not wait. */
    void breakUnlessEnds(Action action) throws Exception {
      try {
        action.run();
      } catch (Throwable t) {
        broken = true;
        throw t;
      }
    }

    /**
     * Waits for all racers; the last one to arrive runs the action before it opens the gate.
     * Returns false if one failed.
     */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it only ends the round sooner
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
