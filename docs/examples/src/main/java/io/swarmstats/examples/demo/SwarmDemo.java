package io.swarmstats.examples.demo;

import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.StatsReader;
import io.swarmstats.examples.replay.Recording;
import io.swarmstats.snapshot.AggregatedStats;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Replays the recorded swarm as a live swarm. Several threads record. The main thread shows a
 * snapshot twice a second and checks the totals at the end.
 *
 * <p>Exit code 0: the totals match the recording. 1: some totals are wrong. 2: bad arguments.
 */
@Command(
    name = "swarm-demo",
    description = "Replays recorded FFmpeg HLS clients as a live swarm, shows a snapshot twice a"
        + " second, and compares the totals with the recording at the end.",
    sortOptions = false)
public final class SwarmDemo implements Callable<Integer> {

  private static final int MAX_CLIENTS = 1_000_000;
  private static final int MAX_THREADS = 1_000;
  private static final long REFRESH_MILLIS = 500;

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "number of clients, 1 to 1,000,000; the 20 recorded clients repeat with shifted"
          + " starts (default: ${DEFAULT-VALUE})")
  private int clients = 1000;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "speed of the replay as a multiple of real time; a slow machine replays slower"
          + " (default: ${DEFAULT-VALUE})")
  private double speed = 20;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "number of recording threads, 1 to 1,000 (default: ${DEFAULT-VALUE})")
  private int threads = Math.max(2, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--churn",
      paramLabel = "N",
      description = "clients replaced per second of real time (default: ${DEFAULT-VALUE})")
  private double churn;

  @Option(names = "--help", usageHelp = true, description = "print this help and exit")
  @SuppressWarnings("unused") // picocli reads the field
  private boolean help;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  private final Recording recording;
  private final Recording input;
  private final boolean terminal;

  private SwarmDemo(Recording recording, Recording input, boolean terminal) {
    this.recording = recording;
    this.input = input;
    this.terminal = terminal;
  }

  /** Runs the demo. The option {@code --help} lists all options. */
  public static void main(String[] args) {
    Recording recording = Recording.ffmpegSwarm();
    System.exit(commandLine(recording, recording, Screen.isTerminal()).execute(args));
  }

  /**
   * Returns the demo as a command.
   *
   * @param recording the events of the clients
   * @param input the recording that the totals are compared with
   * @param terminal whether the dashboard redraws in place
   */
  static CommandLine commandLine(Recording recording, Recording input, boolean terminal) {
    CommandLine commandLine = new CommandLine(new SwarmDemo(recording, input, terminal));
    commandLine.setParameterExceptionHandler((e, args) -> {
      PrintWriter err = e.getCommandLine().getErr();
      err.println(e.getMessage());
      e.getCommandLine().usage(err);
      return CommandLine.ExitCode.USAGE;
    });
    return commandLine;
  }

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    require(clients >= 1 && clients <= MAX_CLIENTS, "--clients must be 1 to 1,000,000: " + clients);
    require(speed > 0 && Double.isFinite(speed), "--speed must be > 0 and finite: " + speed);
    require(threads >= 1 && threads <= MAX_THREADS, "--threads must be 1 to 1,000: " + threads);
    require(churn >= 0 && Double.isFinite(churn), "--churn must be >= 0 and finite: " + churn);

    Screen screen = new Screen(spec.commandLine().getOut(), terminal);
    screen.print(String.format(
        Locale.ROOT,
        "SwarmStats demo: %,d clients, %s x real time, %d threads, %s clients/s replaced",
        clients,
        number(speed),
        threads,
        number(churn)));
    screen.print("All times and rates are in recorded time.");
    screen.print("");

    ScaledTime time = new ScaledTime(speed, Swarm.LEAD_MICROS);
    StatsAggregator aggregator = new StatsAggregator(StatsConfig.defaults().withTimeSource(time));
    Swarm swarm = new Swarm(recording, aggregator, time, clients, threads, churn);
    StatsReader reader = aggregator.newReader();
    AggregatedStats shown = record(swarm, reader, screen);

    AggregatedStats end = reader.aggregate();
    screen.showLast(end, end.since(shown), swarm.progress());
    return check(new ExpectedTotals(input, clients, swarm.played()).check(end), screen);
  }

  private void require(boolean condition, String rule) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), rule);
    }
  }

  /**
   * Runs the swarm to its end and shows a snapshot every half second, with the interval since the
   * snapshot before. Returns the snapshot that was shown last.
   */
  private static AggregatedStats record(Swarm swarm, StatsReader reader, Screen screen)
      throws InterruptedException, ExecutionException {
    AggregatedStats shown = reader.aggregate();
    List<? extends Runnable> shares = swarm.shares();
    ExecutorService recorders = Executors.newFixedThreadPool(shares.size());
    try {
      // a failure ends the wait: the other shares would wait for the failed share for ever
      CompletableFuture<?> failure = new CompletableFuture<>();
      CompletableFuture<?> success = CompletableFuture.allOf(shares.stream()
          .map(share -> CompletableFuture.runAsync(share, recorders).exceptionally(e -> {
            failure.completeExceptionally(e);
            return null;
          }))
          .toArray(CompletableFuture<?>[]::new));
      CompletableFuture<?> end = CompletableFuture.anyOf(failure, success);
      while (!endsWithin(end, REFRESH_MILLIS)) {
        AggregatedStats now = reader.aggregate();
        screen.show(now, now.since(shown), swarm.progress());
        shown = now;
      }
      return shown;
    } finally {
      recorders.shutdownNow();
    }
  }

  private static boolean endsWithin(CompletableFuture<?> future, long millis)
      throws InterruptedException, ExecutionException {
    try {
      future.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static int check(List<ExpectedTotals.Check> checks, Screen screen) {
    List<ExpectedTotals.Check> wrong =
        checks.stream().filter(check -> !check.holds()).toList();
    if (wrong.isEmpty()) {
      screen.print("check: " + checks.size() + " totals match the recording");
      return CommandLine.ExitCode.OK;
    }
    wrong.forEach(check -> screen.print(check.toString()));
    screen.print("check: " + wrong.size() + " of " + checks.size() + " totals are wrong");
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String number(double value) {
    return value == Math.rint(value) && value < 1e15
        ? String.format(Locale.ROOT, "%,.0f", value)
        : Double.toString(value);
  }
}
