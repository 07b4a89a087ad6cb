package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The heap is full when a process starts, or when a client is removed. */
class FullHeapTest {

  @Test
  void restartAndRemoval_noMemory_leaveTheRunOpen_andARetrySucceeds()
      throws IOException, InterruptedException {
    String output =
        OtherJvm.run(List.of("-Xmx16m", "-XX:+UseSerialGC"), WithAFullHeap.class, List.of());

    assertThat(output.lines())
        .containsExactly(
            "restart: failed, ended false, bytes 7, rejected 0, clients 1",
            "restart again: done, ended false, bytes 16, rejected 0, clients 1",
            "removal: failed, ended false, bytes 17, rejected 0, clients 1",
            "removal again: done, ended true, bytes 17, rejected 1, clients 0");
  }

  /** The program of the other JVM. */
  static final class WithAFullHeap {

    private static final StatsAggregator AGGREGATOR = new StatsAggregator();
    private static final ClientStats CLIENT = AGGREGATOR.addClient(1);

    private WithAFullHeap() {}

    public static void main(String[] args) {
      CLIENT.updateCurrentBytes(5);
      tried("restart", attempt(CLIENT::onProcessStart, true), 7);
      tried("restart again", attempt(CLIENT::onProcessStart, false), 9);
      tried("removal", attempt(() -> AGGREGATOR.removeClient(1), true), 10);
      tried("removal again", attempt(() -> AGGREGATOR.removeClient(1), false), 11);
    }

    private static boolean attempt(Runnable operation, boolean withAFullHeap) {
      if (withAFullHeap) {
        FullHeap.fill();
      }
      try {
        operation.run();
        return true;
      } catch (OutOfMemoryError e) {
        return false; // a string would need memory here
      } finally {
        FullHeap.empty();
      }
    }

    /** Records the bytes of the current process, and prints what they changed. */
    private static void tried(String what, boolean done, long bytes) {
      CLIENT.updateCurrentBytes(bytes);
      System.out.println(what + ": " + (done ? "done" : "failed")
          + ", ended " + CLIENT.currentRun().isEnded()
          + ", bytes " + AGGREGATOR.aggregate().totalBytes()
          + ", rejected " + CLIENT.rejectedUpdates()
          + ", clients " + AGGREGATOR.clientCount());
    }
  }
}
