package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.StatsAggregator;
import io.swarmstats.snapshot.Figure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures in a recording of the JDK Flight Recorder. */
class SwarmEventsTest {

  @TempDir
  private Path directory;

  private List<RecordedEvent> recorded(StatsAggregator swarm) throws Exception {
    Path file = directory.resolve("swarm.jfr");
    AutoCloseable events =
        SwarmEvents.register(swarm.newReader()::aggregate, Map.of("swarm", "live"));
    try (events;
        Recording recording = new Recording()) {
      recording.enable("io.swarmstats.Figure").with("period", "endChunk");
      recording.start();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("io.swarmstats.Figure"))
        .toList();
  }

  @Test
  void recording_hasEveryFigure() throws Exception {
    StatsAggregator swarm = new StatsAggregator();
    swarm.addClient(1).incrementSegmentRequests();
    swarm.recordSegmentWallTime(250_000_000);

    List<RecordedEvent> events = recorded(swarm);

    Set<String> names =
        events.stream().map(event -> event.getString("name")).collect(Collectors.toSet());
    assertThat(names)
        .isEqualTo(
            swarm.aggregate().figures().stream().map(Figure::name).collect(Collectors.toSet()));
    assertThat(value(events, "swarm.requests", "{kind=segment, swarm=live}")).isEqualTo(1);
    assertThat(value(events, "swarm.segment.wall_time", "{quantile=0.99, swarm=live}"))
        .isEqualTo(0.25);
  }

  private static double value(List<RecordedEvent> events, String name, String labels) {
    return events.stream()
        .filter(event -> event.getString("name").equals(name))
        .filter(event -> event.getString("labels").equals(labels))
        .findFirst()
        .orElseThrow()
        .getDouble("value");
  }
}
