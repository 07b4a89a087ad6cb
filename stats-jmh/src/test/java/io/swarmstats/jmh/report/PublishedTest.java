package io.swarmstats.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class PublishedTest {

  private static final Set<BenchmarkListEntry> BENCHMARKS = BenchmarkList.defaultList()
      .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of());

  /** The JDK's counters and accumulators, other distributions of latencies, and the peers. */
  private static final Set<String> OTHER_RIVALS = Set.of(
      "LONG_ADDER",
      "LONG_ACCUMULATOR",
      "DOUBLE_ACCUMULATOR",
      "HDR_ATOMIC",
      "HDR_CONCURRENT",
      "HDR_RECORDER",
      "FETCH_ADD",
      "HDR_HISTOGRAM",
      "SKETCHES_JAVA_LOCKED",
      "SKETCHES_JAVA",
      "PROMETHEUS_NATIVE",
      "T_DIGEST",
      "MICROMETER",
      "MICROMETER_HANDLES",
      "MICROMETER_REGISTRY",
      "DROPWIZARD",
      "DROPWIZARD_HANDLES",
      "DROPWIZARD_REGISTRY",
      "PROMETHEUS",
      "PROMETHEUS_HANDLES",
      "PROMETHEUS_REGISTRY",
      "OPEN_TELEMETRY");

  private static final List<Set<String>> KINDS = List.of(
      Published.LIBRARY,
      Published.YARDSTICKS,
      Conversion.LOCKS,
      Conversion.LOCK_FREE,
      OTHER_RIVALS);

  @Test
  void benchmark_thatIsNamed_exists() {
    Stream<Selector> budgets = Stream.of(Published.BUDGETS, Mutexes.EXPECTATIONS)
        .flatMap(List::stream)
        .flatMap(budget -> Stream.of(budget.measured(), budget.reference()))
        .filter(Objects::nonNull);
    Stream<Selector> conversions = Mutexes.CONVERSIONS.stream().map(Conversion::work);

    assertThat(Stream.of(budgets, charts(), conversions).flatMap(selectors -> selectors))
        .allSatisfy(selector -> assertThat(BENCHMARKS)
            .anyMatch(benchmark -> names(benchmark).anyMatch(name -> matches(name, selector))
                && selector.params().entrySet().stream().allMatch(param -> has(benchmark, param))));
  }

  /** On a busy machine, two threads would not contend, so the gate cannot measure contention. */
  @Test
  void gatedBenchmark_hasOneThread() {
    assertThat(Published.GATED.stream()
            .flatMap(budget -> Stream.of(budget.measured(), budget.reference()))
            .filter(Objects::nonNull))
        .isNotEmpty()
        .allSatisfy(selector -> assertThat(BENCHMARKS)
            .filteredOn(benchmark -> matches(benchmark.getUsername(), selector))
            .singleElement()
            .satisfies(benchmark -> assertThat(benchmark.getThreads().orElse(1)).isEqualTo(1)));
  }

  /** A contender of no kind would be missing from the tables that show only some kinds. */
  @Test
  void contender_isOfOneKind() {
    assertThat(BENCHMARKS.stream().flatMap(PublishedTest::contenders).distinct())
        .isNotEmpty()
        .allSatisfy(contender ->
            assertThat(KINDS).filteredOn(kind -> kind.contains(contender)).hasSize(1));
  }

  @Test
  void contender_ofAChart_hasAColor() {
    assertThat(charts()
            .flatMap(selector -> BENCHMARKS.stream()
                .filter(benchmark -> names(benchmark).anyMatch(name -> matches(name, selector))))
            .flatMap(PublishedTest::contenders)
            .map(Numbers::label)
            .distinct())
        .hasSizeGreaterThan(20)
        .isSubsetOf(Palette.labels());
  }

  @Test
  void color_isOfOneContender() {
    assertThat(Palette.labels()).extracting(Palette::color).doesNotHaveDuplicates();
  }

  @Test
  void library_comesFirst_withTheThickestLine() {
    String library = Palette.inOrder(List.of("mutex", "floor", "SwarmStats")).get(0);

    assertThat(library).isEqualTo("SwarmStats").isEqualTo(Palette.labels().get(0));
    assertThat(Palette.labels())
        .filteredOn(label -> !label.startsWith("SwarmStats"))
        .isNotEmpty()
        .allSatisfy(label -> assertThat(Palette.line(label).getLineWidth())
            .isLessThan(Palette.line(library).getLineWidth()));
  }

  private static Stream<Selector> charts() {
    return Stream.concat(
            Published.LINES.stream().map(Charts.Lines::results),
            Published.BARS.stream().flatMap(bars -> bars.bars().stream()).map(Charts.Bar::results))
        .map(Selector::of);
  }

  private static Stream<String> contenders(BenchmarkListEntry benchmark) {
    return benchmark.getParams().orElse(Map.of()).entrySet().stream()
        .filter(param -> Published.CONTENDERS.contains(param.getKey()))
        .flatMap(param -> Stream.of(param.getValue()));
  }

  private static boolean matches(String name, Selector selector) {
    return name.matches(".*\\." + selector.name());
  }

  /**
   * Returns the name of the benchmark and, for a group, the names of the methods of its threads.
   */
  private static Stream<String> names(BenchmarkListEntry benchmark) {
    return Stream.concat(
        Stream.of(benchmark.getUsername()),
        benchmark.getThreadGroupLabels().orElse(List.of()).stream()
            .map(label -> benchmark.getUserClassQName() + "." + label));
  }

  private static boolean has(BenchmarkListEntry benchmark, Map.Entry<String, String> param) {
    String[] values = benchmark.getParams().orElse(Map.of()).get(param.getKey());
    return values != null && Arrays.asList(values).contains(param.getValue());
  }
}
