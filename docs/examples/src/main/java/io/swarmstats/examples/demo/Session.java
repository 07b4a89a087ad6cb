package io.swarmstats.examples.demo;

import io.swarmstats.StatsAggregator;
import io.swarmstats.examples.replay.ClientRecorder;
import io.swarmstats.examples.replay.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client of the swarm. The client replays the events of one recorded client, shifted in time.
 * For use by one thread.
 */
final class Session {

  /**
   * The progress of a session.
   *
   * @param script the index of the recorded client in the recording
   * @param events the number of events replayed so far
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

  /** Records all events that are due. The first event adds the client. */
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

  /**
   * Removes the client, and lets a new client with the same id replay the same events from now on.
   */
  void leaveAndBeReplaced(long nowMicros) {
    aggregator.removeClient(clientId);
    recorder = null;
    played = 0;
    shiftMicros = nowMicros - events.get(0).atMicros();
  }

  Played played() {
    return new Played(script, played);
  }

  /** Returns the time at which the last event is due. */
  long endMicros() {
    return events.get(events.size() - 1).atMicros() + shiftMicros;
  }
}
