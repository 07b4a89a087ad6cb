package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;
import org.openjdk.jol.info.GraphLayout;
import org.openjdk.jol.vm.VM;

/**
 * The memory of a client, including its share of the registry: the growth of an aggregator divided
 * by the number of clients. Also the places of the words that the threads of a client use.
 */
class LayoutTest {
  private static final int CLIENTS = 1_000;

  /**
   * JOL can read records only with this property, which must be set before the first use of JOL.
   */
  @BeforeAll
  static void letJolSeeRecords() {
    System.setProperty("jol.magicFieldOffset", "true");
  }

  private static final class Fill {
    static final Consumer<ClientStats> NOTHING = client -> {};

    static final Consumer<ClientStats> SIZES = client -> {
      for (int i = 0; i < ClientStats.SEGMENT_SIZE_RING_SIZE; i++) {
        client.recordSegmentSize(1_000_000 + i);
      }
    };

    /** As many codes as a client keeps without a row for all codes. */
    static final Consumer<ClientStats> SIZES_AND_FEW_CODES = SIZES.andThen(client -> {
      for (int code = 500; code < 500 + HttpErrorCounts.SLOTS; code++) {
        client.recordHttpError(code);
      }
    });

    static final Consumer<ClientStats> SIZES_AND_ERRORS = SIZES.andThen(client -> {
      for (int code = 399; code <= 600; code++) {
        client.recordHttpError(code);
      }
    });

    static final Consumer<ClientStats> RESTARTS = client -> {
      for (int i = 1; i <= 10; i++) {
        client.onProgress(1_000, 1_000, 0.5);
        client.recordDroppedLines(i, i, i, i);
        client.onProcessStart();
      }
    };
  }

  private static StatsAggregator aggregatorOf(int clients, Consumer<ClientStats> fill) {
    StatsAggregator aggregator = new StatsAggregator();
    for (int id = 0; id < clients; id++) {
      fill.accept(aggregator.addClient(id));
    }
    return aggregator;
  }

  /**
   * Returns the bytes reachable from an aggregator, without the objects that all aggregators share.
   */
  private static long sizeOf(StatsAggregator aggregator) {
    GraphLayout shared = GraphLayout.parseInstance(
        StatsConfig.defaults(), HttpErrorCounts.SEALED, SegmentSizeRow.SEALED, Registry.EMPTY);
    return GraphLayout.parseInstance(aggregator).subtract(shared).totalSize();
  }

  private static double bytesPerClient(Consumer<ClientStats> fill) {
    return (sizeOf(aggregatorOf(CLIENTS, fill)) - sizeOf(aggregatorOf(0, fill))) / (double) CLIENTS;
  }

  /**
   * The table of docs/user-guide.md equals the measurement, in megabytes and rounded as on the
   * page.
   */
  @Test
  void memoryTable_isWhatIsMeasured() throws IOException {
    Consumer<ClientStats> process = ClientStats::onProcessStart;
    double[] bytes = {
      bytesPerClient(Fill.NOTHING),
      bytesPerClient(process),
      bytesPerClient(process.andThen(Fill.SIZES)),
      bytesPerClient(process.andThen(Fill.SIZES_AND_FEW_CODES)),
      bytesPerClient(process.andThen(Fill.SIZES_AND_ERRORS))
    };
    List<String> rows = Files.readAllLines(Path.of("../docs/user-guide.md")).stream()
        .filter(line -> line.matches("\\| [0-9,]+ \\|.*MB \\|"))
        .toList();

    assertThat(rows).hasSize(4).allSatisfy(row -> {
      String[] cells = row.replaceAll("[ ,MB]", "").substring(1).split("\\|", -1);
      for (int i = 0; i < bytes.length; i++) {
        BigDecimal shown = new BigDecimal(cells[1 + i]);
        double measured = bytes[i] * Long.parseLong(cells[0]) / 1e6;
        assertThat(BigDecimal.valueOf(measured).setScale(shown.scale(), RoundingMode.HALF_UP))
            .as(row)
            .isEqualTo(shown);
      }
    });
  }

  @Test
  void client_takes_no_more_than_its_budget() {
    double fresh = bytesPerClient(Fill.NOTHING);
    double restarted = bytesPerClient(Fill.RESTARTS);
    double sizes = bytesPerClient(Fill.SIZES);
    double fewCodes = bytesPerClient(Fill.SIZES_AND_FEW_CODES);
    double sizesAndErrors = bytesPerClient(Fill.SIZES_AND_ERRORS);

    List<String> table = List.of(
        row("a client", "bytes", "budget"),
        row("fresh", fresh, 340),
        row("after ten restarts", restarted, "-"),
        row("with sizes", sizes, 1_200),
        row("with sizes and 8 codes", fewCodes, "-"),
        row("with sizes and errors", sizesAndErrors, 2_900));
    System.out.println(String.join(System.lineSeparator(), table));
    assertThat(fresh).isPositive().isLessThanOrEqualTo(340);
    assertThat(sizes).isGreaterThan(fresh + 800).isLessThanOrEqualTo(1_200);
    assertThat(fewCodes).isGreaterThan(sizes).isLessThanOrEqualTo(sizes + 110);
    assertThat(sizesAndErrors).isGreaterThan(sizes + 1_600).isLessThanOrEqualTo(2_900);
  }

  /** An ended run leaves only its sums in the base of the next run. */
  @Test
  void ended_runs_take_no_memory() {
    double restarted = bytesPerClient(Fill.RESTARTS);
    double restartedOnce = bytesPerClient(ClientStats::onProcessStart);

    assertThat(restarted).isEqualTo(restartedOnce);
  }

  @Test
  void departed_client_takes_no_memory() {
    long one = sizeAfterDepartures(1, id -> true);
    long many = sizeAfterDepartures(CLIENTS, id -> true);

    System.out.println(row("departed", (many - one) / (double) CLIENTS, 0));
    assertThat(many).isLessThanOrEqualTo(one);
  }

  /** The live clients must not keep the departed clients reachable. */
  @Test
  void departed_client_among_live_ones_takes_no_memory() {
    long live = sizeOf(aggregatorOf(CLIENTS / 100, Fill.SIZES_AND_ERRORS));
    long liveAndDeparted = sizeAfterDepartures(CLIENTS, id -> id >= CLIENTS / 100);

    long totalsOfDeparted =
        sizeAfterDepartures(1, id -> true) - sizeOf(aggregatorOf(0, Fill.NOTHING));
    assertThat(liveAndDeparted).isLessThanOrEqualTo(live + totalsOfDeparted);
  }

  private static long sizeAfterDepartures(int clients, IntPredicate departs) {
    StatsAggregator aggregator = aggregatorOf(clients, Fill.SIZES_AND_ERRORS);
    for (int id = 0; id < clients; id++) {
      if (departs.test(id)) {
        aggregator.removeClient(id);
      }
    }
    return sizeOf(aggregator);
  }

  private static String row(String what, Object bytes, Object budget) {
    return String.format("%-22s %10s %8s", what, bytes, budget);
  }

  // Two threads of a client: one counts requests, one reports progress.
  // If two words are at least 64 bytes apart, no cache line of 64 bytes contains both, wherever the
  // lines begin.

  private static final long WORD = Long.BYTES;
  private static final long WORDS_PER_LINE = 64 / WORD;

  /** Words of the heap, from the first to the last. */
  private record Words(long first, long last) {

    static Words of(long address, long bytes) {
      return new Words(address / WORD, (address + bytes - 1) / WORD);
    }

    boolean mayShareLineWith(Words other) {
      return first - other.last < WORDS_PER_LINE && other.first - last < WORDS_PER_LINE;
    }
  }

  private static Words object(Object object) {
    return Words.of(VM.current().addressOf(object), VM.current().sizeOf(object));
  }

  private static Words reference(Object holder, String name) {
    return Words.of(VM.current().addressOf(holder) + offset(holder, name), Integer.BYTES);
  }

  private static long offset(Object holder, String name) {
    return ClassLayout.parseInstance(holder).fields().stream()
        .filter(field -> field.name().equals(name))
        .mapToLong(FieldLayout::offset)
        .findFirst()
        .orElseThrow();
  }

  private static Words cells(long[] row, int first, int last) {
    long start = VM.current().addressOf(row) + VM.current().arrayBaseOffset("long");
    return Words.of(start + first * WORD, (last - first + 1) * WORD);
  }

  /** The length of a row, which each access to a cell checks. */
  private static Words length(long[] row) {
    long cells = VM.current().addressOf(row) + VM.current().arrayBaseOffset("long");
    return Words.of(cells - Integer.BYTES, Integer.BYTES);
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  @Test
  void wordsThatOneThreadWrites_areInNoLineThatTheOtherThreadUses() throws Exception {
    Field currentRun = ClientStats.class.getDeclaredField("currentRun");
    currentRun.setAccessible(true);
    List<String> shared = new ArrayList<>();
    long collections;
    do { // a collection in between can move an object
      collections = collections();
      shared.clear();
      ClientStats client = new ClientStats(1);
      ProcessRun run = client.currentRun();

      Words countsRequests = cells(client.row, 0, ClientRow.UNKNOWN_REQUESTS);
      List<Words> requestsUse =
          List.of(reference(client, "row"), length(client.row), countsRequests);
      Words reports = cells(run.row, 0, ProcessRun.DRIFT);
      List<Words> reportsUse = List.of(
          reference(client, "currentRun"),
          object(currentRun.get(client)),
          object(run),
          length(run.row),
          cells(run.row, 0, ProcessRun.MAX_DRIFT));

      reportsUse.stream()
          .filter(countsRequests::mayShareLineWith)
          .forEach(words -> shared.add("counts of requests " + countsRequests + ", " + words));
      requestsUse.stream()
          .filter(reports::mayShareLineWith)
          .forEach(words -> shared.add("cells of reports " + reports + ", " + words));
    } while (collections() > collections);

    assertThat(shared).isEmpty();
  }

  /** G1 and Parallel copy the objects of a client in the order of the references. */
  @Test
  void references_haveTheOrderOfTheObjectsOfANewClient() {
    ClientStats client = new ClientStats(1);
    ProcessRun run = client.currentRun();

    assertThat(offset(client, "currentRun")).isLessThan(offset(client, "row"));
    assertThat(offset(run, "row")).isLessThan(offset(run, "clientRow"));
  }
}
