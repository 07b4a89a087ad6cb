package io.swarmstats.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.Race;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FetchAddCounterTest {

  private final FetchAddCounter counter = new FetchAddCounter();

  @Test
  void increment_untilTheSeal_counts() {
    assertThat(counter.increment()).isTrue();
    assertThat(counter.increment()).isTrue();

    assertThat(counter.seal()).isEqualTo(2);

    assertThat(counter.increment()).isFalse();
    assertThat(counter.count()).isEqualTo(2);
    assertThat(counter.seal()).isEqualTo(2);
  }

  @Test
  void threads_thatRaceWithTheSeal_countExactlyWhatWasAccepted() {
    for (int round = 0; round < 200; round++) {
      FetchAddCounter raced = new FetchAddCounter();
      AtomicLong accepted = new AtomicLong();
      Race.Action count = () -> {
        for (int i = 0; i < 500; i++) {
          if (raced.increment()) {
            accepted.incrementAndGet();
          }
        }
      };
      Race.of(count, count, raced::seal);

      assertThat(raced.count()).isEqualTo(accepted.get());
    }
  }
}
