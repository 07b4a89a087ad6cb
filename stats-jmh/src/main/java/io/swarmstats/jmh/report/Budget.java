package io.swarmstats.jmh.report;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limit of a figure: a multiple of another figure of the same run, plus a fixed amount.
 *
 * @param what the measured work in words
 * @param figure the figure of the two results that the budget compares
 * @param factor the factor by which the reference is multiplied
 * @param referenceName the reference in words
 * @param reference the figure for comparison; null for a fixed limit
 * @param extra the fixed amount, in nanoseconds or bytes
 */
record Budget(
    String what,
    Figure figure,
    Selector measured,
    double factor,
    String referenceName,
    @Nullable Selector reference,
    double extra) {

  /** The figures of a result that a budget can limit. */
  enum Figure {
    /** The score: a time, or the bytes that a benchmark of memory counts. */
    SCORE {
      @Override
      double of(Result result) {
        return result.base();
      }

      @Override
      double errorOf(Result result) {
        return result.baseError();
      }
    },
    /** The bytes that an operation allocates. They do not vary. */
    ALLOCATION {
      @Override
      double of(Result result) {
        return result.bytesPerOp();
      }

      @Override
      double errorOf(Result result) {
        return 0;
      }
    };

    abstract double of(Result result);

    /** Returns the error of the figure to either side. */
    abstract double errorOf(Result result);
  }

  /** Returns a budget with a fixed limit. */
  static Budget of(String what, Figure figure, String measured, double most) {
    return new Budget(what, figure, Selector.of(measured), 0, "", null, most);
  }

  /** Returns a budget of a multiple of another result, plus some nanoseconds or bytes. */
  static Budget of(
      String what,
      Figure figure,
      String measured,
      double factor,
      String referenceName,
      String reference,
      double extra) {
    return new Budget(
        what, figure, Selector.of(measured), factor, referenceName, Selector.of(reference), extra);
  }

  /** Returns the bound in words. */
  String bound(boolean bytes) {
    if (figure == Figure.ALLOCATION && extra == Published.NO_ALLOCATION) {
      return "0 B";
    }
    if (reference == null) {
      return "≤ " + Numbers.ofBase(extra, bytes);
    }
    String multiple = factor == 1 ? referenceName : Numbers.factor(factor) + " × " + referenceName;
    return "≤ " + multiple + (extra == 0 ? "" : " + " + Numbers.ofBase(extra, bytes));
  }

  /** Returns the limit of the figure, given the reference. */
  double limit(double reference) {
    return factor * reference + extra;
  }

  /** Compares a run with this budget. Empty if the run lacks the figure or its reference. */
  Optional<Verdict> judge(List<Result> run) {
    Optional<Result> found = measured.only(run);
    Optional<Result> other = reference == null ? Optional.empty() : reference.only(run);
    if (found.isEmpty() || (reference != null && other.isEmpty())) {
      return Optional.empty();
    }
    double compared = other.map(figure::of).orElse(0.0);
    return Optional.of(new Verdict(
        figure.of(found.get()),
        compared,
        limit(compared),
        figure.errorOf(found.get()) + factor * other.map(figure::errorOf).orElse(0.0),
        figure == Figure.ALLOCATION || found.get().isMemory()));
  }

  /**
   * The comparison of a run with a budget.
   *
   * @param value the measured figure, in nanoseconds or bytes
   * @param reference the figure for comparison, 0 for a fixed limit
   * @param limit the greatest value that meets the budget
   * @param error the error of the value plus that of the limit
   * @param bytes whether value, reference and limit are bytes
   */
  record Verdict(double value, double reference, double limit, double error, boolean bytes) {

    /** Returns whether the value is at most {@code margin} times the limit. False for NaN. */
    boolean holds(double margin) {
      return value <= margin * limit;
    }

    /** Returns the result in a word. A third word says that the error bars reach the limit. */
    String word() {
      if (error > 0 && Math.abs(value - limit) <= error) {
        return "*open*";
      }
      return holds(1) ? "holds" : "**misses**";
    }
  }
}
