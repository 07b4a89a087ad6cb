package io.swarmstats.jmh.report;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upper bound for a figure: a multiple of another figure of the same run, plus a fixed amount.
 *
 * @param what the name of the budget in the table
 * @param figure the figure of the two results that the budget compares
 * @param factor the multiple of the reference
 * @param referenceName the reference in words
 * @param reference selects the result to compare with; null for a fixed bound
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

  /** A figure of a result that a budget can bound. */
  enum Figure {
    /** The score: a time, or the bytes that a memory benchmark counts. */
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
    /** The bytes that an operation allocates, which have no error. */
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

    /** Returns the error of the figure, to either side. */
    abstract double errorOf(Result result);
  }

  /** Returns a budget with a fixed bound. */
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

  /** Returns the greatest allowed figure for a given reference. */
  double limit(double reference) {
    return factor * reference + extra;
  }

  /** Compares a run with this budget. Returns empty if the run lacks one of the two results. */
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
   * The result of comparing a run with a budget.
   *
   * @param value the measured figure, in nanoseconds or bytes
   * @param reference the figure to compare with; 0 for a fixed bound
   * @param limit the greatest allowed value
   * @param error the sum of the errors of value and limit
   * @param bytes whether the figures are bytes; otherwise they are nanoseconds
   */
  record Verdict(double value, double reference, double limit, double error, boolean bytes) {

    /**
     * Returns whether the value is at most the given multiple of the limit. False for NaN, which
     * means "not measured".
     */
    boolean holds(double margin) {
      return value <= margin * limit;
    }

    /** Returns the verdict in a word. If the error bars reach the limit, the verdict is open. */
    String word() {
      if (error > 0 && Math.abs(value - limit) <= error) {
        return "*open*";
      }
      return holds(1) ? "holds" : "**misses**";
    }
  }
}
