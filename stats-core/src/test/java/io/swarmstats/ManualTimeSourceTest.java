package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualTimeSourceTest {

  private static final Instant START = Instant.parse("2030-05-06T07:08:09Z");

  @Test
  void readings_withoutAnAdvance_standStill() {
    ManualTimeSource time = new ManualTimeSource(START, -5);

    assertThat(time.nanoTime()).isEqualTo(-5).isEqualTo(time.nanoTime());
    assertThat(time.instant()).isEqualTo(START).isEqualTo(time.instant());
  }

  @Test
  void advance_movesBothClocks() {
    ManualTimeSource time = new ManualTimeSource(START, 7);
    time.advance(Duration.ofSeconds(2));
    time.advance(Duration.ofNanos(1));

    assertThat(time.nanoTime()).isEqualTo(2_000_000_008L);
    assertThat(time.instant()).isEqualTo(START.plusSeconds(2).plusNanos(1));
  }

  @Test
  void advance_negativeDuration_movesBothClocksBack() {
    ManualTimeSource time = new ManualTimeSource(START, 0);
    time.advance(Duration.ofSeconds(-3));

    assertThat(time.nanoTime()).isEqualTo(-3_000_000_000L);
    assertThat(time.instant()).isEqualTo(START.minusSeconds(3));
  }

  @Test
  void advance_atTheEndOfTheRange_wrapsAsNanoTimeMay() {
    ManualTimeSource time = new ManualTimeSource(START, Long.MAX_VALUE);
    time.advance(Duration.ofNanos(1));

    assertThat(time.nanoTime()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void setElapsed_countsFromTheFirstReading() {
    ManualTimeSource time = new ManualTimeSource(START, 10);
    time.advance(Duration.ofSeconds(9));
    time.setElapsed(Duration.ofNanos(4));

    assertThat(time.nanoTime()).isEqualTo(14);
    assertThat(time.instant()).isEqualTo(START.plusNanos(4));
  }

  @Test
  void advance_beyondTheRange_throwsAndMovesNothing() {
    ManualTimeSource time = new ManualTimeSource();

    assertThatThrownBy(() -> time.advance(Duration.ofSeconds(Long.MAX_VALUE)))
        .isInstanceOf(ArithmeticException.class);
    assertThat(time.nanoTime()).isZero();

    time.advance(Duration.ofNanos(Long.MAX_VALUE));
    assertThatThrownBy(() -> time.advance(Duration.ofNanos(1)))
        .isInstanceOf(ArithmeticException.class);
    assertThat(time.nanoTime()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void toString_tellsTheTime() {
    assertThat(new ManualTimeSource(START, 0))
        .hasToString("ManualTimeSource[2030-05-06T07:08:09Z]");
  }
}
