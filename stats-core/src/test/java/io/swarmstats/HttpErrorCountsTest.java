package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.snapshot.Errors;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpErrorCountsTest {

  private final HttpErrorCounts errors = new HttpErrorCounts();

  private Map<Integer, Long> map() {
    long[] counts = new long[HttpErrorCounts.COUNTS];
    errors.addTo(counts);
    return HttpErrorCounts.toMap(counts);
  }

  static IntStream seeds() {
    return IntStream.rangeClosed(1, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomCodes_areCountedUntilTheSeal(int seed) {
    Random random = new Random(seed);
    int codes = 1 + random.nextInt(3 * HttpErrorCounts.SLOTS);
    Map<Integer, Long> model = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      int code = 390 + random.nextInt(codes) * 7;
      assertThat(errors.record(code)).isTrue();
      model.merge(code >= 400 && code <= 599 ? code : Errors.OTHER, 1L, Long::sum);
      assertThat(map()).isEqualTo(model);
    }

    errors.seal();

    for (int i = 0; i < 50; i++) {
      assertThat(errors.record(390 + random.nextInt(250))).isFalse();
    }
    errors.seal();
    assertThat(map()).isEqualTo(model);
  }

  @Test
  void fewCodes_makeNoRow() {
    for (int round = 0; round < 3; round++) {
      for (int code = 500; code < 500 + HttpErrorCounts.SLOTS; code++) {
        errors.record(code);
      }
    }
    assertThat(errors.row).isNull();

    errors.record(404);

    assertThat(errors.row).isNotNull();
    assertThat(map())
        .hasSize(HttpErrorCounts.SLOTS + 1)
        .containsEntry(404, 1L)
        .containsEntry(500, 3L);
  }

  @Test
  void countAtTheMaximumOfItsSlot_goesOnInAnotherSlot() {
    errors.record(404);
    errors.slots[0] += (1L << 55) - 3; // 2 below the maximum

    for (int i = 0; i < 5; i++) {
      assertThat(errors.record(404)).isTrue();
    }

    assertThat(map()).containsExactly(Map.entry(404, (1L << 55) + 3));
  }

  @Test
  void seal_ofFullSlotsWithoutARow_rejectsTheNextCode() {
    for (int code = 500; code < 500 + HttpErrorCounts.SLOTS; code++) {
      errors.record(code);
    }
    errors.seal();

    assertThat(errors.record(404)).isFalse();
    assertThat(map()).hasSize(HttpErrorCounts.SLOTS).doesNotContainKey(404);
  }

  @Test
  void sealedFromTheStart_rejects() {
    assertThat(HttpErrorCounts.SEALED.record(404)).isFalse();
    HttpErrorCounts.SEALED.seal();
    assertThat(HttpErrorCounts.SEALED.record(0)).isFalse();
  }
}
