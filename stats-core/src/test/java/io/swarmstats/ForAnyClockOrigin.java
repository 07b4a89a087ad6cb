package io.swarmstats;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A test that runs once for each first reading of the clock, its only argument. The readings are 0
 * and both neighbours of 0, and a negative number that passes 0 during the test. Other readings
 * wrap during the test or at its first step.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "the clock starts at {0}")
@ValueSource(
    longs = {
      0,
      1,
      -1,
      -1_500_000_000L,
      Long.MAX_VALUE - 1_500_000_000L,
      Long.MAX_VALUE,
      Long.MIN_VALUE
    })
public @interface ForAnyClockOrigin {}
