package io.swarmstats.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java blocks of the user guide compile and run. */
class UserGuideTest {

  static List<String> blocks() throws IOException {
    return Program.blocks(Files.readString(Repository.ROOT.resolve("docs/user-guide.md")));
  }

  /** Wraps statements. Fields are the swarm and the client that the guide creates at its start. */
  private static Program program(String statements) {
    return new Program("Guide", """
        import io.swarmstats.*;
        import io.swarmstats.latency.*;
        import io.swarmstats.snapshot.*;
        import java.util.concurrent.ForkJoinPool;

        public class Guide {
          static StatsAggregator swarm = new StatsAggregator();
          static ClientStats client = swarm.addClient(7);

          public static void main(String[] args) {
        %s
          }
        }
        """.formatted(statements));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void block_compilesAndRuns(String block, @TempDir Path folder) throws Exception {
    Program program = program(block);

    assertThat(program.compile(folder)).isEmpty();
    program.run(folder);
  }

  @Test
  void firstSnapshot_run_printsItsOneRequest(@TempDir Path folder) throws Exception {
    Program program = program(blocks().get(0));

    assertThat(program.compile(folder)).isEmpty();
    assertThat(program.run(folder).strip()).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "swarm.imagined();",
        "client.recordHttpError();",
        "StatsReader reader = swarm.aggregate();"
      })
  void block_withAMistake_doesNotCompile(String block, @TempDir Path folder) throws Exception {
    assertThat(program(block).compile(folder)).contains("error:");
  }
}
