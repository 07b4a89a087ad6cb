package io.swarmstats.examples.demo;

import io.swarmstats.StatsAggregator;
import io.swarmstats.examples.replay.ClientRecorder;
import io.swarmstats.examples.replay.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client of the swarm, which does what one recorded client did, at a time of its own. For one
 * thread.
 */
final class Session {

  /**
   * How far a session came.
   *
   * @param script the events of a recorded client, by its place in the recording
   * @param events how many of them were recorded, from the first on
   */
  record Played(int script, int events) {}

  private final StatsAggregator aggregator;
  private final int clientId;
  private final int script;
  private final List<Event> events;
  private long shiftMicros; // from the time of the recording to the time of the swarm
  private int played;
  private @Nullable ClientRecorder recorder; // null until the first event

  Session(
      StatsAggregator aggregator, int clientId, int script, List<Event> events, long shiftMicros) {
    this.aggregator = aggregator;
    this.clientId = clientId;
    this.script = script;
    this.events = events;
    this.shiftMicros = shiftMicros;
  }

  /** Records all events that are due. The first one adds the client. */
  void playUntil(long nowMicros) {
    while (played < events.size() && events.get(played).atMicros() + shiftMicros <= nowMicros) {
      if (recorder == null) {
        recorder = new ClientRecorder(aggregator, clientId);
      }
      recorder.record(events.get(played));
      played++;
    }
  }

  boolean isUnderWay() {
    return played > 0 && played < events.size();
  }

  /** Removes the client, and has another one with the same id begin the same events now. */
  void leaveAndBeReplaced(long nowMicros) {
    aggregator.removeClient(clientId);
    recorder = null;
    played = 0;
    shiftMicros = nowMicros - events.get(0).atMicros();
  }

  Played played() {
    return new Played(script, played);
  }

  /** Returns when the last event is due. */
  long endMicros() {
    return events.get(events.size() - 1).atMicros() + shiftMicros;
  }
}
