package io.swarmstats.jmh.report;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A comparison of a mutex of the documents with its possible replacements, for one kind of work.
 *
 * @param what the mutex, or the step of the plan, in words
 * @param work selects one kind of work of one benchmark, with all contenders
 * @param kept whether the documents keep the mutex, which the figures confirm or refute
 */
record Conversion(String what, Selector work, boolean kept) {

  /** The contenders that use a mutex of the documents. */
  static final Set<String> LOCKS = Set.of("MUTEX", "SYNCHRONIZED", "RW_LOCK", "REENTRANT_LOCK");

  /**
   * The contenders without a mutex: those of the documents, and the lock-free forms of kept
   * mutexes.
   */
  static final Set<String> LOCK_FREE = Set.of(
      "POOLED",
      "POOLED_RESET_BEFORE_PUT",
      "POOLED_RESET_AFTER_GET",
      "PLAIN_ATOMICS",
      "ATOMIC_LONG",
      "EAGER_ARRAY",
      "PLAIN_SLOTS",
      "ATOMIC_SLOTS",
      "CAS_INDEX",
      "CONCURRENT_MAP",
      "HYBRID",
      "COPY_ON_WRITE",
      "LOCK_FREE");

  static Conversion of(String what, String work) {
    return new Conversion(what, Selector.of(work), false);
  }

  static Conversion ofKept(String what, String work) {
    return new Conversion(what, Selector.of(work), true);
  }

  /** Returns the row of a table. */
  String row(List<Result> run) {
    List<Result> results = work.all(run);
    // represents the mutex by the faster of the JDK's two locks
    Optional<Result> lock = results.stream()
        .filter(result -> LOCKS.contains(result.contender()))
        .min(Comparator.comparingDouble(Result::score));
    String type = work.name().substring(0, work.name().indexOf('.'));
    String params = work.params().entrySet().stream()
        .map(param -> ", " + param.getKey() + " " + param.getValue())
        .collect(joining());
    return "| %s | [%s](benchmarks.md#%s), `%s`%s%s |\n"
        .formatted(
            what,
            type,
            type.toLowerCase(Locale.ROOT),
            work.name().substring(type.length() + 1),
            params,
            lock.map(found -> String.join(
                    " | ",
                    ", " + found.unit(),
                    figure(found),
                    against(found, results, result -> LOCK_FREE.contains(result.contender())),
                    against(found, results, Result::isLibrary)))
                .orElse(" | not measured | |"));
  }

  private String against(Result lock, List<Result> results, Predicate<Result> which) {
    return results.stream()
        .filter(which)
        .map(result -> figure(result) + ": " + verdict(result, lock))
        .collect(joining("<br>"));
  }

  private static String figure(Result result) {
    return Numbers.label(result.contender()) + " " + Tables.figure(result);
  }

  private String verdict(Result result, Result lock) {
    if (Double.isInfinite(result.error() + lock.error())) {
      return "error unknown";
    }
    if (result.overlaps(lock)) {
      return "no difference seen" + (kept ? ": confirmed as far as the error bars tell" : "");
    }
    String word = result.beats(lock)
        ? result.isMemory() ? "**smaller**" : "**faster**"
        : result.isMemory() ? "**larger**" : "**slower**";
    // the criterion of KeptMutexBenchmark
    return word + (kept ? result.score() < lock.score() / 2 ? ": refuted" : ": confirmed" : "");
  }
}
