package io.swarmstats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs actions in threads of their own, all from one start gate, and ends when all have ended. */
final class Race {

  /** What one racer does. */
  interface Action {
    void run() throws Exception;
  }

  private Race() {}

  /** Runs one thread for each action; fails with what the first failing action threw. */
  static void of(List<? extends Action> actions) {
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

  static void of(Action... actions) {
    of(List.of(actions));
  }

  /** Runs the same action in a number of threads. */
  static void inThreads(int threads, Action action) {
    of(Collections.nCopies(threads, action));
  }
}
