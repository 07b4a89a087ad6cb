package io.swarmstats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WideSumTest {

  private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  @Test
  void value_ofNothing_isZero() {
    assertThat(new WideSum().value()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0, 9223372036854775807",
    "1, 9223372036854775807",
    "2, 9223372036854775807",
    "3, 9223372036854775807",
    "4294967296, 4294967296",
    "9223372036854775807, 9223372036854775807"
  })
  void value_ofOneProduct_isTheProduct(long a, long b) {
    WideSum sum = new WideSum();
    sum.addProduct(a, b);

    assertThat(sum.value()).isEqualTo(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
  }

  /** The lower word turns at each second product. */
  @Test
  void value_lowerWordOverflows_isCarried() {
    WideSum sum = new WideSum();
    for (int n = 1; n <= 9; n++) {
      sum.addProduct(1, Long.MAX_VALUE);
      sum.addProduct(1, 1);

      assertThat(sum.value())
          .isEqualTo(MAX_LONG.add(BigInteger.ONE).multiply(BigInteger.valueOf(n)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void value_ofProductsOfEveryMagnitude_agreesWithBigInteger(long seed) {
    Random random = new Random(seed);
    WideSum sum = new WideSum();
    BigInteger exact = BigInteger.ZERO;
    for (int n = 0; n < 2_000; n++) {
      long a = random.nextLong() >>> (2 + random.nextInt(62));
      long b = random.nextLong() >>> (12 + random.nextInt(52)); // the sum stays below 2^127
      sum.addProduct(a, b);
      exact = exact.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));

      assertThat(sum.value()).isEqualTo(exact);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, 9223372036854775808",
    "-2, 18446744073709551614",
    "-1, 18446744073709551615"
  })
  void unsigned_isTheNumberWithoutASign(long bits, BigInteger value) {
    assertThat(WideSum.unsigned(bits)).isEqualTo(value);
  }
}
