package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsAggregator;
import io.swarmstats.snapshot.AggregatedStats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** One virtual thread per client, on a JDK with virtual threads. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsTest {

  private static final int CLIENTS = 100_000;

  /** Finds the method by its name, because the test is compiled for Java 17. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private static void play(StatsAggregator swarm, int id) {
    ClientStats client = swarm.addClient(id);
    ProcessRun run = client.onProcessStart();
    client.incrementManifestRequests();
    client.incrementSegmentRequests();
    run.onProgress(1_000_000, 4_000_000, 1.02);
    swarm.recordSegmentWallTime(180_000_000);
  }

  @Test
  void aThreadForEachClient_losesNothingAndPinsNone(@TempDir Path folder) throws Exception {
    StatsAggregator swarm = new StatsAggregator();

    play(
        swarm, CLIENTS); // loads the classes first: a thread that waits for class loading is pinned
    ClientStats shared = swarm.addClient(CLIENTS + 1);
    CountDownLatch ready = new CountDownLatch(CLIENTS);
    CountDownLatch start = new CountDownLatch(1);

    List<RecordedEvent> pinned = pinnedDuring(folder, () -> {
      ExecutorService threads = virtualThreads();
      for (int id = 0; id < CLIENTS; id++) {
        int client = id;
        threads.execute(() -> {
          ready.countDown();
          awaitUnpinned(start); // so that all threads exist at once
          play(swarm, client);
          shared.incrementUnknownRequests();
        });
      }
      assertThat(ready.await(1, TimeUnit.MINUTES)).isTrue();
      start.countDown();
      AggregatedStats meanwhile = swarm.aggregate();
      assertThat(meanwhile.requests().manifest()).isBetween(1L, CLIENTS + 1L);
      threads.shutdown();
      assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    });

    assertThat(pinned).isEmpty();
    AggregatedStats all = swarm.aggregate();
    assertThat(all.clients().active()).isEqualTo(CLIENTS + 2);
    assertThat(all.requests().unknown()).isEqualTo(CLIENTS);
    assertThat(all.requests().segment()).isEqualTo(CLIENTS + 1);
    assertThat(all.totalBytes()).isEqualTo(1_000_000L * (CLIENTS + 1));
    assertThat(all.segmentWallTimes().count()).isEqualTo(CLIENTS + 1);
  }

  private static void awaitUnpinned(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Negative control: the recording sees a pinned thread. */
  @Test
  void parkingInAClassInitializer_isSeenAsPinned(@TempDir Path folder) throws Exception {
    List<RecordedEvent> pinned = pinnedDuring(folder, () -> {
      ExecutorService threads = virtualThreads();
      threads.submit(() -> Parking.touch()).get();
      threads.shutdown();
    });

    assertThat(pinned).isNotEmpty();
  }

  private static final class Parking {
    static {
      LockSupport.parkNanos(1); // below a native frame, so the carrier thread parks too
    }

    static void touch() {}
  }

  private interface Work {
    void run() throws Exception;
  }

  private static List<RecordedEvent> pinnedDuring(Path folder, Work work) throws Exception {
    Path file = folder.resolve("pinned.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO);
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    return events(file);
  }

  private static List<RecordedEvent> events(Path file) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
        .toList();
  }
}
