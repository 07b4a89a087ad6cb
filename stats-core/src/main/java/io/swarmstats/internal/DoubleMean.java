package io.swarmstats.internal;

/*
 * A sum of rounded numbers drifts away from the true sum with every addition. This class keeps the
 * remainder that each addition rounds off, and adds the remainders up: a compensated sum. The sum
 * of the remainders is itself compensated [1].
 *
 * Error. Let u = 2^-53, and let n numbers have the sum S. Each addition rounds off at most u * S.
 * The remainders have a sum of at most n * u * S. So the remainders of the second order have a sum
 * of at most n^2 * u^2 * S. Only this last sum is rounded, by at most n^3 * u^3 * S. For 2^31
 * numbers, this error is less than 2^-65 * S. The division is corrected in the same way. So the
 * result is at most a little more than half an ulp away from the true mean.
 *
 * Range. A sum of the greatest numbers would overflow. From the first number or sum above LARGE on,
 * the class multiplies all numbers by a power of two. This step rounds only numbers that are too
 * small to matter beside LARGE. Before this step, all numbers keep all their bits, including
 * subnormal numbers.
 *
 * [1] A. Klein, A generalized Kahan-Babuska-Summation-Algorithm, Computing 76 (2006).
 */

/**
 * The mean of numbers above 0, within one ulp of the exact mean, and never outside the range of the
 * numbers. Up to 2^31 finite numbers never overflow.
 *
 * <p>Only one thread at a time may use an object. Adding is O(1) and allocates nothing.
 */
public final class DoubleMean {

  private static final double LARGE = 0x1p900;
  private static final double DOWN = 0x1p-100;

  // The true sum is (sum + remainders + ofRemainders) / scale.
  private double sum;
  private double remainders;
  private double ofRemainders;
  private double scale = 1;
  private double min = Double.POSITIVE_INFINITY;
  private double max;
  private long count;

  /** Creates the mean of no numbers. */
  public DoubleMean() {}

  /** Adds one number, finite and above 0. */
  public void add(double number) {
    if (scale == 1 && (number > LARGE || sum > LARGE)) {
      scaleDown();
    }
    addExactly(number * scale);
    if (number < min) {
      min = number;
    }
    if (number > max) {
      max = number;
    }
    count++;
  }

  /**
   * Adds all numbers of another mean. The other mean stays the same.
   *
   * <p>The sum of the other mean is added like a number, and its remainders like remainders. So the
   * error is that of one mean of all numbers.
   */
  public void addAll(DoubleMean other) {
    if (scale == 1 && (other.scale != 1 || sum > LARGE || other.sum > LARGE)) {
      scaleDown();
    }
    double factor = scale / other.scale; // 1 or DOWN: a mean scales down at most once
    addExactly(other.sum * factor);
    addRemainder(other.remainders * factor);
    ofRemainders += other.ofRemainders * factor;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    count += other.count;
  }

  private void addExactly(double addend) {
    double newSum = sum + addend;
    double remainder = remainder(sum, addend, newSum);
    sum = newSum;
    addRemainder(remainder);
  }

  private void addRemainder(double remainder) {
    double newRemainders = remainders + remainder;
    ofRemainders += remainder(remainders, remainder, newRemainders);
    remainders = newRemainders;
  }

  private void scaleDown() {
    scale = DOWN;
    sum *= DOWN;
    remainders *= DOWN;
    ofRemainders *= DOWN;
  }

  /** Returns {@code a + b - rounded} exactly, where {@code rounded} is the double sum of both. */
  private static double remainder(double a, double b, double rounded) {
    double partOfB = rounded - a;
    double partOfA = rounded - partOfB;
    return (a - partOfA) + (b - partOfB);
  }

  /** Returns how many numbers were added. */
  public long count() {
    return count;
  }

  /** Returns the mean; 0 if no number was added. */
  public double mean() {
    if (count == 0) {
      return 0;
    }
    double rounded = sum + remainders;
    double rest = remainder(sum, remainders, rounded) + ofRemainders;
    double quotient = rounded / count;
    double restOfDivision = Math.fma(-quotient, (double) count, rounded); // exact
    double mean = (quotient + (restOfDivision + rest) / count) / scale;
    return Math.max(min, Math.min(mean, max));
  }
}
