package io.swarmstats.examples.pages;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.examples.replay.ClientRecorder;
import io.swarmstats.examples.replay.Event;
import io.swarmstats.examples.replay.Recording;
import io.swarmstats.snapshot.ClientSummary;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A recorded swarm under two rules: which clients each rule calls stalled, second by second.
 *
 * @param seconds the swarm at each full second, from the first full second on
 * @param clients each client at the end, in ascending order; stalls and waits are the viewer's
 */
record StallsRecording(List<Second> seconds, List<ClientSummary> clients) {

  /**
   * The stalled clients at one moment, in ascending order.
   *
   * @param number seconds since the start of the recording
   */
  record Second(int number, List<Integer> bySpeed, List<Integer> byViewer) {

    boolean looksLike(Second other) {
      return bySpeed.equals(other.bySpeed) && byViewer.equals(other.byViewer);
    }
  }

  /** Replays a recording. A second comes before the events of its own microsecond. */
  static StallsRecording of(Recording recording) {
    Replay replay = new Replay();
    List<Second> seconds = new ArrayList<>();
    for (Event event : recording.events()) {
      while ((seconds.size() + 1) * 1_000_000L <= event.atMicros()) {
        seconds.add(replay.second(seconds.size() + 1));
      }
      replay.apply(event);
    }
    return new StallsRecording(seconds, replay.swarm.clientSummaries());
  }

  /** Returns in how many seconds the speed rule calls a client stalled. */
  long secondsBySpeed(int client) {
    return seconds.stream().filter(second -> second.bySpeed().contains(client)).count();
  }

  /** Returns in how many seconds the viewer calls a client stalled. */
  long secondsByViewer(int client) {
    return seconds.stream().filter(second -> second.byViewer().contains(client)).count();
  }

  private static final class Replay {

    private final ManualTimeSource clock = new ManualTimeSource();
    private final StatsConfig config = StatsConfig.defaults().withTimeSource(clock);
    private final StatsAggregator swarm = new StatsAggregator(config);
    private final Map<Integer, ClientRecorder> recorders = new HashMap<>();
    private final Map<Integer, ClientStats> bySpeed = new HashMap<>();

    void apply(Event event) {
      clock.setElapsed(Duration.of(event.atMicros(), ChronoUnit.MICROS));
      recorders
          .computeIfAbsent(event.client(), id -> new ClientRecorder(swarm, id))
          .record(event);
      // without a process, only the speed counts; as in Go, a restart changes neither speed nor
      // clock
      ClientStats speed =
          bySpeed.computeIfAbsent(event.client(), id -> new ClientStats(id, config));
      if (event.action() instanceof Event.Progress progress) {
        speed.updateSpeed(progress.speed());
      }
    }

    Second second(int number) {
      clock.setElapsed(Duration.ofSeconds(number));
      return new Second(
          number,
          bySpeed.values().stream()
              .filter(ClientStats::isStalled)
              .map(ClientStats::clientId)
              .sorted()
              .toList(),
          swarm.clientSummaries().stream()
              .filter(ClientSummary::stalled)
              .map(ClientSummary::clientId)
              .toList());
    }
  }
}
