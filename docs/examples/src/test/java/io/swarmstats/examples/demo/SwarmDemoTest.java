package io.swarmstats.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.examples.replay.Event;
import io.swarmstats.examples.replay.Recording;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help;

class SwarmDemoTest {

  private static final Recording RECORDING = Recording.ffmpegSwarm();
  private static final String[] SMALL_FAST_SWARM = {
    "--clients", "40", "--speed", "1e6", "--threads", "3", "--churn", "1000"
  };

  /** What one run of the demo left. */
  private record Run(int exitCode, String out, String err) {}

  private static Run run(Recording input, boolean terminal, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine demo = SwarmDemo.commandLine(RECORDING, input, terminal)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err));
    int exitCode = demo.execute(args);
    return new Run(exitCode, lines(out), lines(err));
  }

  private static String lines(StringWriter text) {
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void small_swarm_with_churn_ends_with_the_totals_that_the_input_says() {
    Run run = run(RECORDING, false, SMALL_FAST_SWARM);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).endsWith("\ncheck: 23 totals match the recording\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void swarm_with_churn_replaces_clients_midway() {
    Run run = run(RECORDING, false, SMALL_FAST_SWARM);

    assertThat(run.out()).containsPattern("[1-9]\\d* replaced").contains(" 40 active");
  }

  @Test
  void swarm_that_is_smaller_than_the_recording_and_has_idle_threads_ends() {
    Run run = run(RECORDING, false, "--clients", "1", "--threads", "2", "--speed", "1e6");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("totals match the recording");
  }

  @Test
  void output_that_is_no_terminal_has_no_escape_characters() {
    Run run = run(RECORDING, false, SMALL_FAST_SWARM);

    assertThat(run.out()).doesNotContain("\u001b").doesNotContain("\r");
  }

  @Test
  void output_that_is_no_terminal_has_indented_lines_in_each_report() {
    Run run = run(RECORDING, false, "--clients", "20", "--speed", "100");

    assertThat(run.out())
        .containsPattern("\n {11}average speed .* drift .* p50 .* p99 .*"
            + "\n {11}silent .*  stalls .* waited  now .* waited  downloaded .*"
            + "\n {11}lines dropped .*  other: ")
        .doesNotContain("\u001b")
        .doesNotContain("\r");
  }

  @Test
  void dashboard_of_the_recorded_swarm_fits_the_smallest_usual_terminal() {
    Run run = run(RECORDING, false, "--clients", "1000", "--speed", "1e6");

    String[] screen =
        run.out().split("(?m)^(?=progress)", -1)[1].split("\n\ncheck: ", -1)[0].split("\n", -1);
    assertThat(screen)
        .hasSizeLessThanOrEqualTo(23)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(screen[screen.length - 1]).matches("last .* p50 .* p95 .* p99 .* segments");
  }

  @Test
  void terminal_is_redrawn_without_clearing_it_first() {
    Run run = run(RECORDING, true, SMALL_FAST_SWARM);

    assertThat(run.out())
        .contains("\u001b[K\n")
        .doesNotContain("\u001b[2J")
        .endsWith("\ncheck: 23 totals match the recording\n");
  }

  @Test
  void totals_that_differ_from_the_input_are_named_and_fail() {
    List<Event> events = new ArrayList<>(RECORDING.events());
    events.replaceAll(event -> event.action().equals(new Event.HttpError(404))
        ? new Event(event.atMicros(), event.client(), new Event.HttpError(302))
        : event);

    Run run = run(new Recording(events), false, "--clients", "20", "--speed", "1e6");

    assertThat(run.exitCode()).isOne();
    assertThat(run.out())
        .contains("\nerrors.http.other: expected 15, was 0\nerrors.http.404: expected 0, was 15\n")
        .endsWith("\ncheck: 2 of 24 totals are wrong\n");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      --clientz=5              | Unknown option: '--clientz=5'
      --clients                | Missing required parameter for option '--clients' (N)
      --clients many           | Invalid value for option '--clients': 'many' is not an int
      --clients 0              | --clients must be 1 to 1,000,000: 0
      --clients 1000001        | --clients must be 1 to 1,000,000: 1000001
      --clients 99999999999    | Invalid value for option '--clients': '99999999999' is not an int
      --speed fast             | Invalid value for option '--speed': 'fast' is not a double
      --speed 0                | --speed must be > 0 and finite: 0.0
      --speed -1               | --speed must be > 0 and finite: -1.0
      --speed NaN              | --speed must be > 0 and finite: NaN
      --speed Infinity         | --speed must be > 0 and finite: Infinity
      --threads 0              | --threads must be 1 to 1,000: 0
      --threads 1001           | --threads must be 1 to 1,000: 1001
      --churn -0.5             | --churn must be >= 0 and finite: -0.5
      --churn NaN              | --churn must be >= 0 and finite: NaN
      extra                    | Unmatched argument at index 0: 'extra'
      """)
  void bad_argument_gives_one_line_and_the_usage(String args, String message) {
    Run run = run(RECORDING, false, args.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith(message + "\nUsage: swarm-demo ");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--clients", "--speed", "--threads", "--churn"})
  void help_explains_each_option(String option) {
    Run run = run(RECORDING, false, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: swarm-demo ").contains("      " + option + "=");
    assertThat(run.err()).isEmpty();
  }
}
