package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstats.IntervalOracle.Violation;
import org.junit.jupiter.api.Test;

/** The oracle accepts every possible read and reports every impossible read. */
class IntervalOracleTest {
  private final IntervalOracle oracle = new IntervalOracle();

  @Test
  void read_before_any_write_is_zero() {
    oracle.write(5, 6, 1);
    oracle.read(1, 2, 0);
    assertThat(oracle.check()).isEmpty();

    oracle.read(3, 4, 1);
    assertThat(oracle.check()).contains(new Violation(3, 4, 1, 0, 0));
  }

  @Test
  void read_on_either_bound_is_accepted() {
    oracle.write(1, 2, 10);
    oracle.write(2, 6, 100); // overlaps the read
    oracle.read(4, 5, 10);
    oracle.read(4, 5, 110);
    assertThat(oracle.check()).isEmpty();
  }

  @Test
  void read_below_the_finished_writes_is_reported() {
    oracle.write(1, 2, 10);
    oracle.write(2, 6, 100);
    oracle.read(4, 5, 9);
    assertThat(oracle.check()).contains(new Violation(4, 5, 9, 10, 110));
  }

  @Test
  void read_above_the_begun_writes_is_reported() {
    oracle.write(1, 2, 10);
    oracle.write(2, 6, 100);
    oracle.write(7, 8, 1000); // began after the read
    oracle.read(4, 5, 111);
    assertThat(oracle.check()).contains(new Violation(4, 5, 111, 10, 110));
  }

  @Test
  void writes_are_judged_by_stamp_whatever_the_order_they_were_logged_in() {
    oracle.write(7, 9, 1000);
    oracle.write(3, 4, 10);
    oracle.write(1, 2, 100);
    oracle.read(5, 6, 110);
    oracle.read(3, 4, 100);
    assertThat(oracle.check()).isEmpty();

    oracle.read(3, 4, 10);
    assertThat(oracle.check()).contains(new Violation(3, 4, 10, 100, 110));
  }

  @Test
  void write_that_has_seen_the_start_of_a_read_had_not_finished_before_it() {
    oracle.write(1, 4, 10);
    oracle.read(4, 5, 0);
    oracle.read(4, 5, 10);
    assertThat(oracle.check()).isEmpty();
  }

  @Test
  void write_that_has_seen_the_end_of_a_read_began_after_it() {
    oracle.write(5, 5, 10);
    oracle.read(4, 5, 10);
    assertThat(oracle.check()).contains(new Violation(4, 5, 10, 0, 0));
  }

  @Test
  void write_that_may_be_rejected_never_has_to_be_seen() {
    oracle.write(1, IntervalOracle.NEVER, 10);
    oracle.read(1_000_000, 1_000_001, 0);
    oracle.read(1_000_000, 1_000_001, 10);
    assertThat(oracle.check()).isEmpty();

    oracle.read(1_000_000, 1_000_001, 11);
    assertThat(oracle.check()).contains(new Violation(1_000_000, 1_000_001, 11, 0, 10));
  }

  @Test
  void sums_beyond_an_int_are_exact() {
    oracle.write(1, 2, Integer.MAX_VALUE);
    oracle.write(1, 2, Integer.MAX_VALUE);
    oracle.read(3, 4, 2L * Integer.MAX_VALUE);
    assertThat(oracle.check()).isEmpty();

    oracle.read(3, 4, 2L * Integer.MAX_VALUE - 1);
    assertThat(oracle.check()).isPresent();
  }

  @Test
  void amount_below_zero_is_an_error_of_the_test() {
    assertThatThrownBy(() -> oracle.write(1, 2, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  /** A get and a set lose an update if another writer comes between them. */
  @Test
  void lost_update_is_reported() {
    EventClock clock = new EventClock();
    long[] counter = {0};
    int start = clock.now();
    long seen = counter[0];
    int otherStart = clock.now();
    counter[0]++;
    oracle.write(otherStart, clock.now(), 1);
    counter[0] = seen + 1;
    oracle.write(start, clock.now(), 1);
    oracle.read(clock.tick(), clock.tick(), counter[0]);
    assertThat(oracle.check()).contains(new Violation(1, 2, 1, 2, 2));
  }
}
