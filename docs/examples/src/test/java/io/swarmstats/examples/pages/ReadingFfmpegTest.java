package io.swarmstats.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of FFmpeg's progress reports on the page compiles, and reads reports. */
class ReadingFfmpegTest {

  private static final String REPORTS = """
      frame=0
      total_size=N/A
      out_time_us=N/A
      out_time_ms=N/A
      speed=N/A
      progress=continue
      frame=12
      total_size=262144
      out_time_us=500000
      out_time_ms=500000
      out_time=00:00:00.500000
      speed=1.35e+03x
      progress=continue
      total_size=524288
      out_time_ms=1500000
      speed=   1x
      progress=end
      """;

  private final ManualTimeSource clock = new ManualTimeSource();
  private final ClientStats client =
      new ClientStats(1, StatsConfig.defaults().withTimeSource(clock));

  private static String page() throws IOException {
    return Files.readString(Repository.ROOT.resolve("docs/reading-ffmpeg.md"));
  }

  @Test
  void reader_ofThePage_readsReports(@TempDir Path folder) throws Exception {
    List<String> blocks = Program.blocks(page());
    assertThat(blocks).hasSize(1);
    assertThat(new Program("ProgressReader", blocks.get(0)).compile(folder)).isEmpty();
    ProcessRun run = client.onProcessStart();
    clock.advance(Duration.ofSeconds(2));

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      loader
          .loadClass("ProgressReader")
          .getMethod("read", BufferedReader.class, ProcessRun.class)
          .invoke(null, new BufferedReader(new StringReader(REPORTS)), run);
    }

    assertThat(client.totalBytes()).isEqualTo(524_288);
    assertThat(client.speed()).isEqualTo(1);
    assertThat(client.currentDrift()).isEqualTo(Duration.ofMillis(500));
    assertThat(client.rejectedUpdates()).isZero();
  }

  /** Replays the example: the clock in seconds, then out_time in seconds. */
  @Test
  void example_ofThePage_isRight() {
    ProcessRun run = client.onProcessStart();
    for (int second = 1; second <= 10; second++) {
      clock.advance(Duration.ofSeconds(1));
      run.onProgress(-1, second * 1_000_000L, 1);
    }
    clock.advance(Duration.ofSeconds(7));
    assertThat(client.isStalled()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(client.isStalled()).isTrue();
    clock.advance(Duration.ofSeconds(2));
    run.onProgress(-1, 11_000_000, 1);
    assertThat(client.isStalled()).isTrue();
    clock.advance(Duration.ofSeconds(1));
    run.onProgress(-1, 21_000_000, 1);

    assertThat(client.isStalled()).isFalse();
    assertThat(client.stalls()).isOne();
    assertThat(client.stalledTime()).isEqualTo(Duration.ofSeconds(8));
  }
}
