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

  @Test
  void benchmark_thatIsNamed_exists() {
    Stream<Selector> budgets = Stream.of(Published.BUDGETS, Mutexes.EXPECTATIONS)
        .flatMap(List::stream)
        .flatMap(budget -> Stream.of(budget.measured(), budget.reference()))
        .filter(Objects::nonNull);
    Stream<Selector> charts = Stream.concat(
            Published.LINES.stream().map(Charts.Lines::results),
            Published.BARS.stream().flatMap(bars -> bars.bars().stream()).map(Charts.Bar::results))
        .map(Selector::of);
    Stream<Selector> conversions = Mutexes.CONVERSIONS.stream().map(Conversion::work);

    assertThat(Stream.of(budgets, charts, conversions).flatMap(selectors -> selectors))
        .allSatisfy(selector -> assertThat(BENCHMARKS)
            .anyMatch(benchmark -> names(benchmark)
                    .anyMatch(name -> name.matches(".*\\." + selector.name()))
                && selector.params().entrySet().stream().allMatch(param -> has(benchmark, param))));
  }

  /** The benchmark, and if it is a group the methods of its threads. */
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
