package io.swarmstats.examples.pages;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * A client that plays at speed 1, freezes and plays on, under two rules. FFmpeg reports every 0.5
 * s. A reader looks every 0.1 s from the start of the freeze on.
 *
 * @param play how long the client plays before the freeze
 * @param freeze how long no media arrives
 * @param bySpeed what the rule of the documents shows
 * @param byViewer what the viewer shows
 * @param stalls the stalls that the viewer counts
 * @param waited the time that the viewer waits
 */
record StallsFreeze(
    Duration play, Duration freeze, Shown bySpeed, Shown byViewer, long stalls, Duration waited) {

  /**
   * When a rule called the client stalled.
   *
   * @param seen the time from the start of the freeze to the first sight of the stall
   * @param gone the time from the end of the freeze to the end of the stall
   */
  record Shown(Optional<Duration> seen, Optional<Duration> gone) {

    static final Shown NEVER = new Shown(Optional.empty(), Optional.empty());

    private Shown look(boolean stalled, Duration sinceFreeze, Duration freeze) {
      if (seen.isEmpty()) {
        return stalled ? new Shown(Optional.of(sinceFreeze), Optional.empty()) : this;
      }
      return gone.isEmpty() && !stalled
          ? new Shown(seen, Optional.of(sinceFreeze.minus(freeze)))
          : this;
    }
  }

  /**
   * Simulates a freeze.
   *
   * @param blocked whether FFmpeg is blocked in the freeze, and reports nothing
   */
  static StallsFreeze of(Duration play, Duration freeze, boolean blocked) {
    Player player = new Player();
    for (long i = 0; i < play.toMillis(); i += Player.STEP.toMillis()) {
      player.step(true, true);
    }
    Shown bySpeed = Shown.NEVER;
    Shown byViewer = Shown.NEVER;
    Duration now = Duration.ZERO; // since the start of the freeze
    boolean frozen = true;
    while (frozen || player.isStalled() || player.speed() < player.config.stallThreshold()) {
      player.step(!frozen, !(frozen && blocked));
      now = now.plus(Player.STEP);
      bySpeed = bySpeed.look(player.bySpeed.isStalled(), now, freeze);
      byViewer = byViewer.look(player.byViewer.isStalled(), now, freeze);
      frozen = now.compareTo(freeze) < 0;
    }
    return new StallsFreeze(
        play, freeze, bySpeed, byViewer, player.byViewer.stalls(), player.byViewer.stalledTime());
  }

  private static final class Player {

    static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS_OF_A_REPORT = 5;

    private final ManualTimeSource clock = new ManualTimeSource();
    private final StatsConfig config = StatsConfig.defaults().withTimeSource(clock);
    private final ClientStats bySpeed = new ClientStats(1, config);
    private final ClientStats byViewer = new ClientStats(2, config);
    private final ProcessRun process = byViewer.onProcessStart();
    private long steps;
    private long mediaSteps;

    void step(boolean plays, boolean reports) {
      clock.advance(STEP);
      steps++;
      mediaSteps += plays ? 1 : 0;
      if (reports && steps % STEPS_OF_A_REPORT == 0) {
        bySpeed.updateSpeed(speed());
        process.onProgress(-1, mediaSteps * STEP.toNanos() / 1_000, speed());
      }
    }

    /** Returns the speed as FFmpeg computes it. */
    double speed() {
      return (double) mediaSteps / steps;
    }

    boolean isStalled() {
      return bySpeed.isStalled() || byViewer.isStalled();
    }
  }
}
