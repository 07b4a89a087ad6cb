package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
  void firstUpdates_atTheEndOfAStack_leaveTheLibraryUsable()
      throws IOException, InterruptedException {
    String classPath = String.join(
        File.pathSeparator,
        List.of(locationOf(StatsAggregator.class), locationOf(FirstUseTest.class)));
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        classPath,
        AtTheEndOfAStack.class.getName()));
    new ClassFileImporter()
        .importPath(locationOf(StatsAggregator.class))
        .forEach(type -> command.add(type.getName()));
    Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(jvm.waitFor()).as(output).isZero();
    assertThat(output.strip()).isEqualTo("usable");
  }

  private static String locationOf(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }

  /** The program of the other JVM. */
  static final class AtTheEndOfAStack {
    private AtTheEndOfAStack() {}

    public static void main(String[] args)
        throws ReflectiveOperationException, InterruptedException {
      for (String name : args) {
        Class.forName(name, false, AtTheEndOfAStack.class.getClassLoader());
      }
      StatsAggregator swarm = new StatsAggregator();
      ClientStats client = swarm.addClient(1);
      Stream<Runnable> updates = Stream.of(
          () -> swarm.recordSegmentWallTime(1_000),
          client::incrementSegmentRequests,
          () -> client.recordHttpError(404),
          () -> client.recordSegmentSize(1_000),
          () -> client.onProgress(1_000, 1_000, 0.5),
          () -> client.recordDroppedLines(2, 1, 2, 1));
      for (Runnable update : updates.toList()) {
        Thread thread = new Thread(null, () -> crawl(update), "deep", 256 * 1024L);
        thread.start();
        thread.join();
        update.run();
      }
      boolean all = swarm.aggregate().segmentWallTimes().count() >= 1
          && client.summary().errors().httpTotal() >= 1;
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
