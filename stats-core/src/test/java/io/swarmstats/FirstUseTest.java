package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.swarmstats.snapshot.ClientSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * The first updates in a JVM happen at the end of a stack (G15). A class whose initialization ends
 * with an error stays unusable in its JVM. So this test starts a JVM.
 *
 * <p>The classes are loaded beforehand, as by a JVM with an archive of classes. Otherwise loading,
 * which a JVM tries again after an error, would need more stack than the initialization.
 */
class FirstUseTest {

  @Test
  void firstUpdates_atTheEndOfAStack_areRecordedIfTheirCallsReturn()
      throws IOException, InterruptedException {
    List<String> classes = new ClassFileImporter()
        .importPath(OtherJvm.locationOf(StatsAggregator.class)).stream()
            .map(JavaClass::getName)
            .toList();

    assertThat(OtherJvm.run(List.of(), AtTheEndOfAStack.class, classes)).isEqualTo("all recorded");
  }

  /** The program of the other JVM. */
  static final class AtTheEndOfAStack {
    private static final Duration RUNNING = Duration.ofHours(1);

    private AtTheEndOfAStack() {}

    public static void main(String[] args)
        throws ReflectiveOperationException, InterruptedException {
      for (String name : args) {
        Class.forName(name, false, AtTheEndOfAStack.class.getClassLoader());
      }
      ManualTimeSource clock = new ManualTimeSource();
      StatsAggregator swarm = new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));
      List<Update> updates = updatesOf(swarm);
      clock.advance(RUNNING);
      boolean all = true;
      for (Update update : updates) {
        Thread thread = new Thread(null, () -> crawl(update), "deep", 256 * 1024L);
        thread.start();
        thread.join();
        update.make();
        long recorded = update.recorded();
        if (recorded < update.returned) {
          System.out.println(
              update.name + ": " + update.returned + " calls returned, recorded " + recorded);
          all = false;
        }
      }
      System.out.println(all ? "all recorded" : "not all recorded");
    }

    private static List<Update> updatesOf(StatsAggregator swarm) {
      List<Update> updates = new ArrayList<>();
      updates.add(new Update(
          "wall time",
          swarm.addClient(0),
          (client, n) -> swarm.recordSegmentWallTime(n),
          summary -> swarm.aggregate().segmentWallTimes().count()));
      updates.add(new Update(
          "manifest request",
          swarm.addClient(1),
          (client, n) -> client.incrementManifestRequests(),
          summary -> summary.requests().manifest()));
      updates.add(new Update(
          "segment request",
          swarm.addClient(2),
          (client, n) -> client.incrementSegmentRequests(),
          summary -> summary.requests().segment()));
      updates.add(new Update(
          "init request",
          swarm.addClient(3),
          (client, n) -> client.incrementInitRequests(),
          summary -> summary.requests().init()));
      updates.add(new Update(
          "unknown request",
          swarm.addClient(4),
          (client, n) -> client.incrementUnknownRequests(),
          summary -> summary.requests().unknown()));
      updates.add(new Update(
          "HTTP error",
          swarm.addClient(5),
          (client, n) -> client.recordHttpError(404),
          summary -> summary.errors().httpTotal()));
      updates.add(new Update(
          "timeout",
          swarm.addClient(6),
          (client, n) -> client.recordTimeout(),
          summary -> summary.errors().timeouts()));
      updates.add(new Update(
          "reconnection",
          swarm.addClient(7),
          (client, n) -> client.recordReconnection(),
          summary -> summary.errors().reconnections()));
      updates.add(new Update(
          "rejected update",
          swarm.addClient(8),
          (client, n) -> client.recordSegmentSize(-1),
          ClientSummary::rejectedUpdates));
      // all sizes are equal, so the average tells only that none is missing or wrong
      updates.add(new Update(
          "segment size",
          swarm.addClient(9),
          (client, n) -> client.recordSegmentSize(1_000),
          summary -> summary.averageSegmentSize() == 1_000 ? Long.MAX_VALUE : 0));
      // the following report the number of the call, which a level keeps
      updates.add(new Update(
          "bytes",
          swarm.addClient(10),
          ClientStats::updateCurrentBytes,
          ClientSummary::totalBytes));
      updates.add(new Update(
          "speed", swarm.addClient(11), (client, n) -> client.updateSpeed((double) n), summary ->
              (long) summary.speed()));
      updates.add(new Update(
          "drift",
          swarm.addClient(12),
          ClientStats::updateDrift,
          summary -> RUNNING.minus(summary.currentDrift()).toNanos() / 1_000));
      updates.add(new Update(
          "progress",
          swarm.addClient(13),
          (client, n) -> client.onProgress(n, n, (double) n),
          summary -> Math.min(summary.totalBytes(), (long) summary.speed())));
      updates.add(new Update(
          "lines",
          swarm.addClient(14),
          (client, n) -> client.recordDroppedLines(n, n, n, n),
          summary -> swarm.aggregate().pipeline().linesDropped() / 2));
      // each process reports one byte
      updates.add(new Update(
          "process start",
          swarm.addClient(15),
          (client, n) -> client.onProcessStart().updateBytes(1),
          ClientSummary::totalBytes));
      return updates;
    }

    /**
     * Calls itself to the end of the stack, and makes the update in every frame on the way back.
     */
    private static void crawl(Update update) {
      try {
        deeper(update);
      } catch (StackOverflowError e) {
        return; // the end of the stack: the frames above have more and more room
      } finally {
        try {
          update.make();
        } catch (StackOverflowError e) {
          // no room here
        }
      }
    }

    private static void deeper(Update update) {
      crawl(update);
    }

    /** An update of one client, which is the n-th call of its kind. */
    private static final class Update {
      final String name;
      long returned;
      private long begun;
      private final ClientStats client;
      private final ObjLongConsumer<ClientStats> call;
      private final ToLongFunction<ClientSummary> recorded;

      Update(
          String name,
          ClientStats client,
          ObjLongConsumer<ClientStats> call,
          ToLongFunction<ClientSummary> recorded) {
        this.name = name;
        this.client = client;
        this.call = call;
        this.recorded = recorded;
      }

      void make() {
        begun++;
        call.accept(client, begun);
        returned++;
      }

      long recorded() {
        return recorded.applyAsLong(client.summary());
      }
    }
  }
}
