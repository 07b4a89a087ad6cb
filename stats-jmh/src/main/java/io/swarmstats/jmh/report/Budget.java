package io.swarmstats.jmh.report;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a figure may be at most: a multiple of another figure of the same run, and a fixed amount.
 *
 * @param what is measured, in words
 * @param figure which figure of the two results it is
 * @param factor what the reference is multiplied by
 * @param referenceName the reference in words
 * @param reference what the figure is compared with; null for a bound without one
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

  /** Which figure of a result a budget is about. */
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
    /** The bytes that an operation allocates; they do not vary. */
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

    /** Returns how far the figure may be off, to either side. */
    abstract double errorOf(Result result);
  }

  /** Returns a fixed bound. */
  static Budget of(String what, Figure figure, String measured, double most) {
    return new Budget(what, figure, Selector.of(measured), 0, "", null, most);
  }

  /** Returns a multiple of what another result has, and some nanoseconds or bytes. */
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

  /** Returns what the figure may be at most beside such a reference. */
  double limit(double reference) {
    return factor * reference + extra;
  }

  /** Holds a run against this budget; empty if the run does not have all that it takes. */
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
   * How a run did.
   *
   * @param value what was measured, in nanoseconds or bytes
   * @param reference what it is compared with, 0 if there is nothing
   * @param limit what the value may be at most
   * @param error how far the value and the limit may be off, together
   * @param bytes whether they are bytes
   */
  record Verdict(double value, double reference, double limit, double error, boolean bytes) {

    /** Returns whether the value is within so many times the limit; NaN, not measured, is not. */
    boolean holds(double margin) {
      return value <= margin * limit;
    }

    /** Returns whether it holds, in a word: a third one where the error bars leave it open. */
    String word() {
      if (error > 0 && Math.abs(value - limit) <= error) {
        return "*open*";
      }
      return holds(1) ? "holds" : "**misses**";
    }
  }
}
