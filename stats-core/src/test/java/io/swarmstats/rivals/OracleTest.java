package io.swarmstats.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsConfig;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the library and every rival with the documents' mutex variants, in one thread. Both
 * sides run the same random script. After every step, all figures of all clients and all snapshots
 * must be equal.
 *
 * <p>The script contains only operations for which library and mutex variants are meant to agree.
 * {@link IntendedDifferencesTest} covers all excluded cases. The script follows these rules:
 *
 * <ul>
 *   <li>a client either restarts its process or reports drift and lines, because a new run of the
 *       library starts both again;
 *   <li>a restart comes between two speeds, of which the first is fast;
 *   <li>within a run {@code total_size} and lines only rise;
 *   <li>{@code out_time} and sizes are above 0, a speed is a sample or 0, a status code is in
 *       400..599, and no sum overflows;
 *   <li>a request is counted before its error;
 *   <li>time passes before each snapshot, and the aggregator's peak is read after the snapshot;
 *   <li>a client that was removed or replaced records no more, and the library's totals are
 *       compared again after the next reset.
 * </ul>
 */
class OracleTest {

  private static final int STEPS = 4_000;
  private static final int SEEDS = 4;

  private static final List<Method> GETTERS = Arrays.stream(Client.class.getMethods())
      .filter(method -> method.getParameterCount() == 0 && method.getReturnType() != void.class)
      .toList();

  /** A contender: library or rival, compared with the mutex variants. */
  private record Contender(
      AggregatorContender aggregator, ClientContender clients, RateBaseline.Form baseline) {

    static final Contender MUTEX =
        new Contender(AggregatorContender.RW_LOCK, ClientContender.MUTEX, RateBaseline.Form.MUTEX);

    /**
     * Returns the rivals, which differ from the mutex variants in one part each, and the library,
     * which differs in all parts.
     */
    static List<Contender> all() {
      List<Contender> all = new ArrayList<>();
      for (ClientContender clients : ClientContender.values()) {
        all.add(new Contender(
            clients == ClientContender.SHIPPED
                ? AggregatorContender.SHIPPED
                : AggregatorContender.RW_LOCK,
            clients,
            RateBaseline.Form.MUTEX));
      }
      for (AggregatorContender aggregator : AggregatorContender.values()) {
        if (aggregator != AggregatorContender.SHIPPED) {
          all.add(new Contender(aggregator, ClientContender.MUTEX, RateBaseline.Form.ATOMIC));
        }
      }
      all.remove(MUTEX);
      return all;
    }
  }

  static Stream<Arguments> contenders() {
    return Contender.all().stream()
        .flatMap(contender ->
            LongStream.rangeClosed(1, SEEDS).mapToObj(seed -> Arguments.of(contender, seed)));
  }

  @ParameterizedTest
  @MethodSource("contenders")
  void contender_and_mutexes_agree_after_every_step(Contender contender, long seed) {
    new Script(contender, seed).run();
  }

  @ParameterizedTest
  @MethodSource("io.swarmstats.rivals.RivalsTest#httpErrors")
  void http_errors_and_mutex_agree_after_every_error(HttpErrors contender) {
    Client mutex = ClientContender.MUTEX.create(1, StatsConfig.defaults());
    Random random = new Random(1);
    for (int step = 1; step <= STEPS; step++) {
      int code = 400 + random.nextInt(200);
      mutex.recordHttpError(code);
      contender.record(code);
      assertThat(contender.counts())
          .as("step %s, after %s", step, code)
          .isEqualTo(mutex.httpErrors());
    }
  }

  @ParameterizedTest
  @MethodSource("io.swarmstats.rivals.RivalsTest#segmentSizes")
  void segment_sizes_and_mutex_agree_after_every_size(SegmentSizes contender) {
    Client mutex = ClientContender.MUTEX.create(1, StatsConfig.defaults());
    Random random = new Random(1);
    for (int step = 1; step <= STEPS; step++) {
      long size = 1L + random.nextInt(5_000_000);
      mutex.recordSegmentSize(size);
      contender.record(size);
      assertThat(contender.average())
          .as("step %s, after %s", step, size)
          .isEqualTo(mutex.averageSegmentSize());
    }
  }

  /** An aggregator of one kind, with its clients and its own clock. */
  private static final class Swarm {
    private final ManualTimeSource clock;
    private final Aggregator aggregator;
    private final Map<Integer, Client> clients = new TreeMap<>();
    private Snapshot snapshot;

    Swarm(Contender contender, long clockOrigin) {
      clock = new ManualTimeSource(Instant.EPOCH, clockOrigin);
      aggregator = contender.aggregator.create(
          StatsConfig.defaults().withTimeSource(clock), contender.clients, contender.baseline);
      snapshot = aggregator.aggregate();
    }

    Client client(int id) {
      return Objects.requireNonNull(clients.get(id));
    }
  }

  /** One step of a script, with its arguments. */
  private sealed interface Operation {

    void on(Swarm swarm);

    record Advance(Duration by) implements Operation {
      @Override
      public void on(Swarm swarm) {
        swarm.clock.advance(by);
      }
    }

    record Aggregate(Duration after) implements Operation {
      @Override
      public void on(Swarm swarm) {
        swarm.clock.advance(after);
        swarm.snapshot = swarm.aggregator.aggregate();
      }
    }

    record Add(int id) implements Operation {
      @Override
      public void on(Swarm swarm) {
        swarm.clients.put(id, swarm.aggregator.addClient(id));
      }
    }

    record Remove(int id) implements Operation {
      @Override
      public void on(Swarm swarm) {
        swarm.clients.remove(id);
        swarm.aggregator.removeClient(id);
      }
    }

    record Reset() implements Operation {
      @Override
      public void on(Swarm swarm) {
        swarm.clients.clear();
        swarm.aggregator.reset();
      }
    }

    record Count(int id, Counter counter) implements Operation {
      @Override
      public void on(Swarm swarm) {
        Client client = swarm.client(id);
        switch (counter) {
          case MANIFEST -> client.incrementManifestRequests();
          case SEGMENT -> client.incrementSegmentRequests();
          case INIT -> client.incrementInitRequests();
          case UNKNOWN -> client.incrementUnknownRequests();
          case RECONNECTION -> client.recordReconnection();
        }
      }
    }

    record FailedRequest(int id, int statusCode) implements Operation {
      @Override
      public void on(Swarm swarm) {
        swarm.client(id).incrementSegmentRequests();
        swarm.client(id).recordHttpError(statusCode);
      }
    }

    record TimedOutRequest(int id) implements Operation {
      @Override
      public void on(Swarm swarm) {
        swarm.client(id).incrementManifestRequests();
        swarm.client(id).recordTimeout();
      }
    }

    record Bytes(int id, long totalSize) implements Operation {
      @Override
      public void on(Swarm swarm) {
        swarm.client(id).updateCurrentBytes(totalSize);
      }
    }

    record Drift(int id, long outTimeMicros) implements Operation {
      @Override
      public void on(Swarm swarm) {
        swarm.client(id).updateDrift(outTimeMicros);
      }
    }

    record Speed(int id, double speed) implements Operation {
      @Override
      public void on(Swarm swarm) {
        swarm.client(id).updateSpeed(speed);
      }
    }

    record Lines(
        int id, long progressRead, long progressDropped, long stderrRead, long stderrDropped)
        implements Operation {
      @Override
      public void on(Swarm swarm) {
        swarm
            .client(id)
            .recordDroppedLines(progressRead, progressDropped, stderrRead, stderrDropped);
      }
    }

    record SegmentSizes(int id, long first, int count) implements Operation {
      @Override
      public void on(Swarm swarm) {
        for (int i = 0; i < count; i++) {
          swarm.client(id).recordSegmentSize(first + i * 1_000L);
        }
      }
    }

    record Restart(int id, double fastBefore, double speedAfter) implements Operation {
      @Override
      public void on(Swarm swarm) {
        swarm.client(id).updateSpeed(fastBefore);
        swarm.client(id).onProcessStart();
        swarm.client(id).updateSpeed(speedAfter);
      }
    }
  }

  private enum Counter {
    MANIFEST,
    SEGMENT,
    INIT,
    UNKNOWN,
    RECONNECTION
  }

  /** The state of a client that the script needs in order to follow its rules. */
  private static final class Reported {
    final boolean restarts;
    final long addedAt;
    long bytes;
    final long[] lines = new long[4];
    double speed;

    Reported(boolean restarts, long addedAt) {
      this.restarts = restarts;
      this.addedAt = addedAt;
    }
  }

  /**
   * Draws operations, runs each on both swarms, and compares the swarms. The seed determines the
   * whole script.
   */
  private static final class Script {
    private static final int IDS = 20;
    private static final int SHOWN = 12;
    private static final double[] SPEEDS = {0, 0.5, Math.nextDown(0.9), 0.9, 1, 1.5};
    private static final String[] TOTALS_MAXIMA_AND_RATES = {
      "requests",
      "totalBytes",
      "httpErrors",
      "reconnections",
      "timeouts",
      "errorRate",
      "maxDrift",
      "linesRead",
      "linesDropped",
      "peakDropRate",
      "instantaneous"
    };

    private final Contender contender;
    private final long seed;
    private final Random random;
    private final Swarm actual;
    private final Swarm mutexes;
    private final Map<Integer, Reported> live = new TreeMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private long now;
    private boolean departed;

    Script(Contender contender, long seed) {
      this.contender = contender;
      this.seed = seed;
      this.random = new Random(seed);
      long clockOrigin = random.nextLong();
      this.actual = new Swarm(contender, clockOrigin);
      this.mutexes = new Swarm(Contender.MUTEX, clockOrigin);
    }

    void run() {
      compareSnapshots();
      for (int step = 1; step <= STEPS; step++) {
        Operation operation = next();
        operations.add(operation);
        operation.on(actual);
        operation.on(mutexes);
        compareClients();
        if (operation instanceof Operation.Aggregate) {
          compareSnapshots();
        }
      }
    }

    private Operation next() {
      int kind = random.nextInt(1_000);
      if (kind < 100) {
        return new Operation.Advance(pass(0));
      } else if (kind < 250) {
        return new Operation.Aggregate(pass(1));
      } else if (kind < 280 || live.isEmpty()) {
        return add(random.nextInt(IDS));
      } else if (kind < 282) {
        return remove(random.nextInt(IDS));
      } else if (kind < 287) {
        live.clear();
        departed = false;
        return new Operation.Reset();
      }
      int id = List.copyOf(live.keySet()).get(random.nextInt(live.size()));
      return record(id, Objects.requireNonNull(live.get(id)));
    }

    /** Returns whole microseconds, so that a drift can be exactly at the threshold. */
    private Duration pass(long atLeastMicros) {
      Duration by = switch (random.nextInt(4)) {
        case 0 -> Duration.ofNanos(atLeastMicros * 1_000);
        case 1 -> Duration.ofNanos((atLeastMicros + random.nextInt(1_000_000)) * 1_000);
        case 2 -> Duration.ofSeconds(1 + random.nextInt(10));
        default -> Duration.ofSeconds(5); // the stall duration, and the threshold of high drift
      };
      now += by.toNanos();
      return by;
    }

    private Operation add(int id) {
      departed |= live.put(id, new Reported(random.nextBoolean(), now)) != null;
      return new Operation.Add(id);
    }

    private Operation remove(int id) {
      departed |= live.remove(id) != null;
      return new Operation.Remove(id);
    }

    private Operation record(int id, Reported client) {
      return switch (random.nextInt(10)) {
        case 0, 1 -> {
          Counter[] counters = Counter.values();
          yield new Operation.Count(id, counters[random.nextInt(counters.length)]);
        }
        case 2 -> new Operation.FailedRequest(id, 400 + random.nextInt(200));
        case 3 -> new Operation.TimedOutRequest(id);
        case 4 -> {
          client.bytes += random.nextInt(1_000_000);
          yield new Operation.Bytes(id, client.bytes);
        }
        case 5, 6 -> new Operation.Speed(id, speed(client));
        case 7 ->
          new Operation.SegmentSizes(
              id, 1L + random.nextInt(5_000_000), random.nextInt(4) == 0 ? random.nextInt(120) : 1);
        case 8 -> client.restarts ? restart(id, client) : drift(id, client);
        default -> client.restarts ? restart(id, client) : lines(id, client);
      };
    }

    private double speed(Reported client) {
      double speed =
          random.nextBoolean() ? SPEEDS[random.nextInt(SPEEDS.length)] : random.nextDouble() * 2;
      if (contender.clients == ClientContender.PLAIN_ATOMICS && client.speed == 0) {
        speed =
            1; // fault C1: after an unknown speed, the rivals do not notice that a client becomes
        // slow
      }
      client.speed = speed;
      return speed;
    }

    private Operation restart(int id, Reported client) {
      double fast = 0.9 + random.nextDouble();
      client.bytes = 0;
      client.speed = fast;
      double speed = speed(client);
      // the library, unlike the rivals, calls a process stalled that has not begun to play
      client.speed = speed > 0 && Double.isFinite(speed) ? speed : fast;
      return new Operation.Restart(id, fast, client.speed);
    }

    private Operation drift(int id, Reported client) {
      long uptimeMicros = (now - client.addedAt) / 1_000;
      long driftMicros = random.nextInt(4) == 0
          ? 5_000_000 // the threshold
          : random.nextInt(20_000_000) - 10_000_000;
      return new Operation.Drift(id, Math.max(1, uptimeMicros - driftMicros));
    }

    private Operation lines(int id, Reported client) {
      long[] lines = client.lines;
      for (int stream = 0; stream < lines.length; stream += 2) {
        int more = random.nextInt(100);
        lines[stream] += more;
        lines[stream + 1] += random.nextInt(more + 1);
      }
      return new Operation.Lines(id, lines[0], lines[1], lines[2], lines[3]);
    }

    private void compareClients() {
      assertThat(actual.aggregator.clientCount())
          .as(this::where)
          .isEqualTo(mutexes.aggregator.clientCount())
          .isEqualTo(live.size());
      actual.clients.forEach((id, client) ->
          assertThat(figures(client)).as(this::where).isEqualTo(figures(mutexes.client(id))));
    }

    private void compareSnapshots() {
      var comparison = assertThat(actual.snapshot)
          .as(this::where)
          .usingRecursiveComparison()
          .withComparatorForType(OracleTest::compareButForRounding, Double.class);
      if (departed && contender.aggregator == AggregatorContender.SHIPPED) {
        comparison.ignoringFields(TOTALS_MAXIMA_AND_RATES).isEqualTo(mutexes.snapshot);
      } else {
        comparison.isEqualTo(mutexes.snapshot);
        assertThat(actual.aggregator.peakDropRate())
            .as(this::where)
            .isEqualTo(mutexes.aggregator.peakDropRate());
      }
    }

    private String where() {
      int steps = operations.size();
      return "seed " + seed + ", step " + steps + ", after "
          + operations.subList(Math.max(0, steps - SHOWN), steps);
    }
  }

  /** Returns the result of each getter of a client, by the name of the getter. */
  private static Map<String, Object> figures(Client client) {
    Map<String, Object> figures = new TreeMap<>();
    for (Method getter : GETTERS) {
      try {
        figures.put(getter.getName(), getter.invoke(client));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(getter.getName(), e);
      }
    }
    return figures;
  }

  private static int compareButForRounding(double one, double other) {
    return Math.abs(one - other) <= 1e-9 * Math.abs(other) ? 0 : Double.compare(one, other);
  }
}
