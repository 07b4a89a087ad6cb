package io.swarmstats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {

  private static final int CELL = 1; // its neighbours must never change

  private final long[] row = {11, 0, 33};

  private void assertRow(long expected) {
    assertThat(row).containsExactly(11, expected, 33);
  }

  @Test
  void increment_addsOne() {
    assertThat(Cells.increment(row, CELL)).isTrue();
    assertThat(Cells.increment(row, CELL)).isTrue();

    assertRow(2);
  }

  @Test
  void increment_ofTheGreatestNumber_changesNothingAndDoesNotSeal() {
    row[CELL] = Long.MAX_VALUE;

    assertThat(Cells.increment(row, CELL)).isTrue();
    assertThat(Cells.isSealed(row, CELL)).isFalse();
    assertThat(Cells.readCounterAcquire(row, CELL)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void claim_returnsTheOldValue() {
    assertThat(Cells.claim(row, CELL)).isEqualTo(0);
    assertThat(Cells.claim(row, CELL)).isEqualTo(1);

    assertRow(2);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0, 5, 5",
    "5, 4, 5",
    "5, 5, 5",
    "5, 0, 5",
    "5, 6, 6",
    "5, 9223372036854775807, 9223372036854775807"
  })
  void raise_keepsTheHigher(long before, long candidate, long after) {
    row[CELL] = before;

    assertThat(Cells.raise(row, CELL, candidate)).isTrue();
    assertRow(after);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42, Long.MAX_VALUE})
  void seal_returnsTheFinalValueAndKeepsItReadable(long value) {
    row[CELL] = value;

    assertThat(Cells.isSealed(row, CELL)).isFalse();
    assertThat(Cells.seal(row, CELL)).isEqualTo(value);
    assertThat(Cells.isSealed(row, CELL)).isTrue();
    assertThat(Cells.readCounterAcquire(row, CELL)).isEqualTo(value);
    assertThat(Cells.isSealed(row, 0)).isFalse();
    assertThat(Cells.isSealed(row, 2)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 42, Long.MAX_VALUE})
  void seal_again_changesNothingAndReturnsTheSame(long value) {
    row[CELL] = value;
    Cells.seal(row, CELL);
    long sealed = row[CELL];

    assertThat(Cells.seal(row, CELL)).isEqualTo(value);
    assertRow(sealed);
  }

  @Test
  void sealedCell_rejectsIncrementClaimAndRaise() {
    row[CELL] = 42;
    Cells.seal(row, CELL);
    long sealed = row[CELL];

    assertThat(Cells.increment(row, CELL)).isFalse();
    assertThat(Cells.claim(row, CELL)).isNegative();
    assertThat(Cells.raise(row, CELL, 0)).isFalse();
    assertThat(Cells.raise(row, CELL, 42)).isFalse();
    assertThat(Cells.raise(row, CELL, 43)).isFalse();
    assertThat(Cells.raise(row, CELL, Long.MAX_VALUE)).isFalse();
    assertRow(sealed);
    assertThat(Cells.readCounterAcquire(row, CELL)).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void gauge_holdsAnyBits(long bits) {
    Cells.setGaugeRelease(row, CELL, bits);
    assertThat(Cells.readGaugeAcquire(row, CELL)).isEqualTo(bits);

    Cells.setGaugeVolatile(row, CELL, ~bits);
    assertThat(Cells.readGaugeVolatile(row, CELL)).isEqualTo(~bits);
    assertRow(~bits);
  }

  @Test
  void getAndAdd_returnsTheOldValueAndWraps() {
    row[CELL] = Long.MAX_VALUE;

    assertThat(Cells.getAndAddGauge(row, CELL, 2)).isEqualTo(Long.MAX_VALUE);
    assertThat(Cells.getAndAddGauge(row, CELL, -3)).isEqualTo(Long.MIN_VALUE + 1);
    assertRow(Long.MAX_VALUE - 1);
  }

  @Test
  void compareAndSet_expectedValue_setsTheCell() {
    assertThat(Cells.casGauge(row, CELL, 0, -5)).isTrue();

    assertRow(-5);
  }

  @Test
  void compareAndSet_otherValue_leavesTheCell() {
    assertThat(Cells.casGauge(row, CELL, 1, -5)).isFalse();

    assertRow(0);
  }

  @Test
  void sealedRow_isSealedAtZeroInEveryCell() {
    long[] sealed = Cells.sealedRow(5);

    assertThat(sealed).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(Cells.isSealed(sealed, i)).isTrue();
      assertThat(Cells.readCounterAcquire(sealed, i)).isZero();
      assertThat(Cells.seal(sealed, i)).isZero();
    }
    assertThat(sealed).isEqualTo(Cells.sealedRow(5));
  }
}
