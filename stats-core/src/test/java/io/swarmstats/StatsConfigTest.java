package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatsConfigTest {

  private final StatsConfig defaults = StatsConfig.defaults();

  @Test
  void defaults_areThoseOfTheLoadTester() {
    assertThat(defaults)
        .isEqualTo(new StatsConfig(
            0.9,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            0.01,
            TimeSource.system()));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0.0, -0.0, -0.9, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void stallThreshold_notAboveZeroAndFinite_throwsWithNameRuleAndValue(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.withStallThreshold(value))
        .withMessage("stallThreshold must be > 0 and finite: " + value);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0.0, -0.0, -0.01, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void dropThreshold_notAboveZeroAndFinite_throwsWithNameRuleAndValue(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.withDropThreshold(value))
        .withMessage("dropThreshold must be > 0 and finite: " + value);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"PT-0.000000001S", "PT-5S"})
  void stallDuration_nullOrNegative_throwsWithNameRuleAndValue(Duration value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.withStallDuration(value))
        .withMessage("stallDuration must be a duration of at least 0: " + value);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"PT-0.000000001S", "PT-5S"})
  void silenceDuration_nullOrNegative_throwsWithNameRuleAndValue(Duration value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.withSilenceDuration(value))
        .withMessage("silenceDuration must be a duration of at least 0: " + value);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"PT-0.000000001S", "PT-5S"})
  void highDriftThreshold_nullOrNegative_throwsWithNameRuleAndValue(Duration value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.withHighDriftThreshold(value))
        .withMessage("highDriftThreshold must be a duration of at least 0: " + value);
  }

  @Test
  @SuppressWarnings("NullAway") // a caller without null checking
  void timeSource_null_throwsWithName() {
    assertThatNullPointerException()
        .isThrownBy(() -> defaults.withTimeSource(null))
        .withMessageContaining("timeSource");
  }

  @Test
  void edgesOfTheRules_areAccepted() {
    StatsConfig edges = defaults
        .withStallThreshold(Double.MIN_VALUE)
        .withDropThreshold(Double.MAX_VALUE)
        .withStallDuration(Duration.ZERO)
        .withSilenceDuration(Duration.ZERO)
        .withHighDriftThreshold(Duration.ZERO);

    assertThat(edges.stallThreshold()).isEqualTo(Double.MIN_VALUE);
    assertThat(edges.dropThreshold()).isEqualTo(Double.MAX_VALUE);
    assertThat(edges.stallDuration()).isZero();
    assertThat(edges.silenceDuration()).isZero();
    assertThat(edges.highDriftThreshold()).isZero();
  }

  @Test
  void with_changesThatComponentAndNoOther() {
    Duration other = Duration.ofSeconds(77);
    ManualTimeSource clock = new ManualTimeSource();
    TimeSource system = TimeSource.system();
    Duration five = Duration.ofSeconds(5);
    Duration ten = Duration.ofSeconds(10);

    assertThat(defaults.withStallThreshold(0.5))
        .isEqualTo(new StatsConfig(0.5, five, ten, five, 0.01, system));
    assertThat(defaults.withStallDuration(other))
        .isEqualTo(new StatsConfig(0.9, other, ten, five, 0.01, system));
    assertThat(defaults.withSilenceDuration(other))
        .isEqualTo(new StatsConfig(0.9, five, other, five, 0.01, system));
    assertThat(defaults.withHighDriftThreshold(other))
        .isEqualTo(new StatsConfig(0.9, five, ten, other, 0.01, system));
    assertThat(defaults.withDropThreshold(0.5))
        .isEqualTo(new StatsConfig(0.9, five, ten, five, 0.5, system));
    assertThat(defaults.withTimeSource(clock))
        .isEqualTo(new StatsConfig(0.9, five, ten, five, 0.01, clock));
    assertThat(defaults).as("the original").isEqualTo(StatsConfig.defaults());
  }

  @Test
  void systemTimeSource_isOneAndSaysSo() {
    assertThat(TimeSource.system())
        .isSameAs(TimeSource.system())
        .hasToString("TimeSource.system()");
  }

  @Test
  void systemTimeSource_nanoTime_doesNotGoBack() {
    long first = TimeSource.system().nanoTime();

    assertThat(TimeSource.system().nanoTime() - first).isNotNegative();
  }
}
