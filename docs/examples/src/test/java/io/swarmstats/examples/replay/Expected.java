package io.swarmstats.examples.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Clients;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Pipeline;
import io.swarmstats.snapshot.Playback;
import io.swarmstats.snapshot.Requests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The results that a replay of the recording must show. A separate program, which shares no code
 * with the library, computed them.
 *
 * @param tickUs microseconds between two ticks
 * @param ticks the swarm at each tick
 * @param end the swarm directly after the last event
 * @param clients each client at that time
 */
record Expected(
    long tickUs, List<Tick> ticks, @JsonProperty("final") Tick end, List<Client> clients) {

  /** Fails on an unknown field and on a missing field, so that every field is compared. */
  private static final JsonMapper MAPPER = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
      .build();

  static String json() {
    return resource("ffmpeg-hls-swarm.expected.json");
  }

  /** Returns the report of the swarm at its end. */
  static String report() {
    return resource("ffmpeg-hls-swarm.summary.txt");
  }

  private static String resource(String name) {
    try (InputStream text = Expected.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(text, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Expected parse(String json) throws JsonProcessingException {
    return MAPPER.readValue(json, Expected.class);
  }

  /** The swarm at one moment. */
  record Tick(
      long nowUs,
      long active,
      long stalled,
      long silent,
      long stalls,
      long stalledNs,
      long processStarts,
      long downloadedBytes,
      long aboveRealtime,
      long belowRealtime,
      long unknownSpeed,
      long highDrift,
      long withDrops,
      long degradedClients,
      Requests requests,
      long totalBytes,
      SortedMap<String, Long> http,
      long reconnections,
      long timeouts,
      double errorRate,
      double averageSpeed,
      long averageDriftNs,
      long averageLagNs,
      long maxDriftNs,
      long progressRead,
      long progressDropped,
      long stderrRead,
      long stderrDropped,
      double peakDropRate,
      boolean pipelineDegraded,
      long uptimeMinNs,
      long uptimeMaxNs,
      long uptimeAvgNs,
      long wallCount,
      long wallMinNs,
      long wallMaxNs,
      long wallMeanNs,
      long wallP25Ns,
      long wallP50Ns,
      long wallP75Ns,
      long wallP95Ns,
      long wallP99Ns,
      long rejected,
      double manifestPerS,
      double segmentPerS,
      double bytesPerS,
      double instantManifestPerS,
      double instantSegmentPerS,
      double instantBytesPerS) {

    static Tick of(AggregatedStats stats) {
      Clients clients = stats.clients();
      Playback playback = stats.playback();
      Pipeline pipeline = stats.pipeline();
      LatencySnapshot wallTimes = stats.segmentWallTimes();
      return new Tick(
          stats.elapsed().toNanos() / 1000,
          clients.active(),
          clients.stalled(),
          clients.silent(),
          playback.stalls(),
          playback.stalledTime().toNanos(),
          stats.processStarts(),
          stats.downloadedBytes(),
          clients.aboveRealtime(),
          clients.belowRealtime(),
          clients.unknownSpeed(),
          clients.highDrift(),
          clients.withDrops(),
          clients.degraded(),
          stats.requests(),
          stats.totalBytes(),
          byLabel(stats.errors()),
          stats.errors().reconnections(),
          stats.errors().timeouts(),
          stats.errorRate(),
          playback.averageSpeed(),
          playback.averageDrift().toNanos(),
          playback.averageLag().toNanos(),
          playback.maxDrift().toNanos(),
          pipeline.progress().read(),
          pipeline.progress().dropped(),
          pipeline.stderr().read(),
          pipeline.stderr().dropped(),
          pipeline.peakDropRate(),
          pipeline.degraded(),
          stats.uptimes().min().toNanos(),
          stats.uptimes().max().toNanos(),
          stats.uptimes().average().toNanos(),
          wallTimes.count(),
          wallTimes.min().toNanos(),
          wallTimes.max().toNanos(),
          wallTimes.mean().toNanos(),
          wallTimes.p25().toNanos(),
          wallTimes.p50().toNanos(),
          wallTimes.p75().toNanos(),
          wallTimes.p95().toNanos(),
          wallTimes.p99().toNanos(),
          stats.rejectedUpdates(),
          stats.sinceStart().manifestPerSecond(),
          stats.sinceStart().segmentPerSecond(),
          stats.sinceStart().bytesPerSecond(),
          stats.instantaneous().manifestPerSecond(),
          stats.instantaneous().segmentPerSecond(),
          stats.instantaneous().bytesPerSecond());
    }
  }

  /** One client at the end. */
  record Client(
      int client,
      long uptimeNs,
      Requests requests,
      long totalBytes,
      SortedMap<String, Long> http,
      long reconnections,
      long timeouts,
      double speed,
      boolean stalled,
      boolean silent,
      long stalls,
      long stalledNs,
      long processStarts,
      long downloadedBytes,
      long currentDriftNs,
      long maxDriftNs,
      double peakDropRate,
      long averageSegmentSize) {

    static Client of(ClientSummary summary) {
      return new Client(
          summary.clientId(),
          summary.uptime().toNanos(),
          summary.requests(),
          summary.totalBytes(),
          byLabel(summary.errors()),
          summary.errors().reconnections(),
          summary.errors().timeouts(),
          summary.speed(),
          summary.stalled(),
          summary.silent(),
          summary.stalls(),
          summary.stalledTime().toNanos(),
          summary.processStarts(),
          summary.downloadedBytes(),
          summary.currentDrift().toNanos(),
          summary.maxDrift().toNanos(),
          summary.peakDropRate(),
          summary.averageSegmentSize());
    }
  }

  private static SortedMap<String, Long> byLabel(Errors errors) {
    SortedMap<String, Long> byLabel = new TreeMap<>();
    errors.http().forEach((code, count) -> byLabel.put(Errors.label(code), count));
    return byLabel;
  }
}
