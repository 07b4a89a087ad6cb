package io.swarmstats.examples.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The events of a swarm in the order of time. Immutable.
 *
 * @param events all events
 */
public record Recording(List<Event> events) {

  /** Copies the events. */
  public Recording {
    events = List.copyOf(events);
  }

  /**
   * Returns the recording of 20 FFmpeg processes that play HLS for 90 s, from an origin that fails
   * in many ways.
   */
  public static Recording ffmpegSwarm() {
    try (InputStream csv = Recording.class.getResourceAsStream("ffmpeg-hls-swarm.csv")) {
      return read(Objects.requireNonNull(csv, "ffmpeg-hls-swarm.csv is missing"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Recording read(InputStream csv) throws IOException {
    List<Event> events = new ArrayList<>();
    try (MappingIterator<Row> rows = new CsvMapper()
        .readerFor(Row.class)
        .with(CsvSchema.emptySchema().withHeader())
        .with(CsvParser.Feature.EMPTY_STRING_AS_NULL)
        .readValues(csv)) {
      while (rows.hasNext()) {
        events.add(rows.next().toEvent());
      }
    }
    return new Recording(events);
  }

  /** Returns the events of each client, in ascending order of clients. */
  public List<List<Event>> byClient() {
    TreeMap<Integer, List<Event>> byClient = new TreeMap<>();
    for (Event event : events) {
      byClient.computeIfAbsent(event.client(), client -> new ArrayList<>()).add(event);
    }
    return byClient.values().stream().map(List::copyOf).toList();
  }

  /** Returns this recording without one of its events. */
  public Recording without(Event event) {
    List<Event> rest = new ArrayList<>(events);
    rest.remove(event);
    return new Recording(rest);
  }

  /** One line of the file. A null value was not reported. */
  private record Row(
      @JsonProperty("elapsed_us") long elapsedMicros,
      @JsonProperty("client") int client,
      @JsonProperty("event") String event,
      @JsonProperty("value1") @Nullable String value1,
      @JsonProperty("value2") @Nullable String value2,
      @JsonProperty("value3") @Nullable String value3,
      @JsonProperty("value4") @Nullable String value4) {

    Event toEvent() {
      return new Event(elapsedMicros, client, action());
    }

    private Event.Action action() {
      return switch (event) {
        case "process_start" -> new Event.ProcessStart();
        case "manifest" -> new Event.ManifestRequest();
        case "segment" -> new Event.SegmentRequest();
        case "init" -> new Event.InitRequest();
        case "unknown" -> new Event.UnknownRequest();
        case "http_error" -> new Event.HttpError((int) number(value1));
        case "reconnection" -> new Event.Reconnection();
        case "timeout" -> new Event.Timeout();
        case "progress" ->
          new Event.Progress(
              value1 == null ? -1 : number(value1),
              value2 == null ? -1 : number(value2),
              value3 == null ? Double.NaN : Double.parseDouble(value3));
        case "lines" ->
          new Event.Lines(number(value1), number(value2), number(value3), number(value4));
        case "segment_done" -> new Event.SegmentDone(number(value1), number(value2));
        default -> throw new IllegalArgumentException("unknown event: " + this);
      };
    }

    private long number(@Nullable String value) {
      return Long.parseLong(Objects.requireNonNull(value, () -> "value missing: " + this));
    }
  }
}
