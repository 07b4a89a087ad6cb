package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The first use of the library in a JVM happens at the end of a stack (G15). A class whose
 * initialization ends with an error stays unusable in its JVM. So this test starts a JVM.
 */
class FirstUseTest {

  @Test
  void firstUpdates_atTheEndOfAStack_leaveTheLibraryUsable()
      throws IOException, InterruptedException {
    String classPath = String.join(
        File.pathSeparator,
        List.of(locationOf(StatsAggregator.class), locationOf(FirstUseTest.class)));
    Process jvm = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            AtTheEndOfAStack.class.getName())
        .redirectErrorStream(true)
        .start();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(jvm.waitFor()).as(output).isZero();
    assertThat(output.strip()).isEqualTo("usable");
  }

  private static String locationOf(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }

  /** The program of the other JVM. */
  static final class AtTheEndOfAStack {
    private static final StatsAggregator SWARM = new StatsAggregator();
    private static final ClientStats CLIENT = SWARM.addClient(1);

    private AtTheEndOfAStack() {}

    public static void main(String[] args) throws InterruptedException {
      Stream<Runnable> updates = Stream.of(
          () -> SWARM.recordSegmentWallTime(1_000),
          CLIENT::incrementSegmentRequests,
          () -> CLIENT.recordHttpError(404),
          () -> CLIENT.recordSegmentSize(1_000),
          () -> CLIENT.onProgress(1_000, 1_000, 0.5),
          () -> CLIENT.recordDroppedLines(2, 1, 2, 1));
      for (Runnable update : updates.toList()) {
        Thread thread = new Thread(null, () -> crawl(update), "deep", 256 * 1024L);
        thread.start();
        thread.join();
        update.run();
      }
      boolean all = SWARM.aggregate().segmentWallTimes().count() >= 1
          && CLIENT.summary().errors().httpTotal() >= 1;
      System.out.println(all ? "usable" : "not all is recorded");
    }

    /**
     * Calls itself to the end of the stack, and makes the update in every frame on the way back.
     */
    private static void crawl(Runnable update) {
      try {
        deeper(update);
      } catch (StackOverflowError e) {
        return; // the end of the stack: the frames above have more and more room
      } finally {
        try {
          update.run();
        } catch (StackOverflowError e) {
          // no room here
        }
      }
    }

    private static void deeper(Runnable update) {
      crawl(update);
    }
  }
}
