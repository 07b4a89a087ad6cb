package io.swarmstats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaturatingTest {

  private static final long MAX = Long.MAX_VALUE;

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 2, 3",
    "9223372036854775807, 0, 9223372036854775807",
    "9223372036854775806, 1, 9223372036854775807",
    "9223372036854775807, 1, 9223372036854775807",
    "9223372036854775807, 9223372036854775807, 9223372036854775807",
    "4611686018427387904, 4611686018427387904, 9223372036854775807",
    "4611686018427387904, 4611686018427387903, 9223372036854775807"
  })
  void add_isTheSumUpToTheGreatestLong(long a, long b, long expected) {
    assertThat(Saturating.add(a, b)).isEqualTo(expected);
    assertThat(Saturating.add(b, a)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT0S, PT0S",
    "PT5S, PT3S, PT2S",
    "PT0.000000001S, PT0S, PT0.000000001S",
    "PT3S, PT3S, PT0S",
    "PT3S, PT5S, PT0S",
    "PT0S, PT2562047H47M16.854775807S, PT0S"
  })
  void subtract_durations_isTheDifferenceDownToZero(Duration a, Duration b, Duration expected) {
    assertThat(Saturating.subtract(a, b)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1000",
    "9223372036854775, 9223372036854775000",
    "9223372036854776, 9223372036854775807",
    "9223372036854775807, 9223372036854775807"
  })
  void microsToNanos_isAThousandTimesUpToTheGreatestLong(long micros, long expected) {
    assertThat(Saturating.microsToNanos(micros)).isEqualTo(expected);
  }

  @Test
  void toNanos_durationWithinRange_isExact() {
    assertThat(Saturating.toNanos(Duration.ZERO)).isZero();
    assertThat(Saturating.toNanos(Duration.ofSeconds(5, 7))).isEqualTo(5_000_000_007L);
    assertThat(Saturating.toNanos(Duration.ofNanos(MAX))).isEqualTo(MAX);
  }

  @Test
  void toNanos_durationBeyondRange_isTheGreatestLong() {
    assertThat(Saturating.toNanos(Duration.ofNanos(MAX).plusNanos(1))).isEqualTo(MAX);
    assertThat(Saturating.toNanos(Duration.ofSeconds(MAX, 999_999_999))).isEqualTo(MAX);
  }
}
