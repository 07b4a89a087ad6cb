package io.swarmstats.examples.recipes;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.latency.LatencySnapshot.Bucket;
import java.time.Duration;
import java.util.List;

/** Writes snapshots, intervals and summaries as JSON with Jackson, and reads them back. */
final class SnapshotJson {

  /** Durations and times become ISO 8601, such as PT1.5S. Jackson needs no help with records. */
  static final JsonMapper MAPPER = JsonMapper.builder()
      .addModule(new JavaTimeModule())
      .disable(
          SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
          SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
      .addMixIn(LatencySnapshot.class, LatencyJson.class)
      .addMixIn(Bucket.class, BucketJson.class)
      .build();

  /**
   * A distribution is not a record, so this mix-in names the figures to write and the factory to
   * read. The percentiles are for other programs: reading computes them from the buckets.
   */
  @JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE) // not isEmpty()
  @JsonPropertyOrder({"count", "sum", "min", "mean", "p50", "p95", "p99", "max", "buckets"})
  @JsonIgnoreProperties(
      value = {"count", "mean", "p50", "p95", "p99"},
      allowGetters = true)
  private interface LatencyJson {
    @JsonProperty
    long count();

    @JsonProperty
    Duration sum();

    @JsonProperty
    Duration min();

    @JsonProperty
    Duration mean();

    @JsonProperty
    Duration p50();

    @JsonProperty
    Duration p95();

    @JsonProperty
    Duration p99();

    @JsonProperty
    Duration max();

    @JsonProperty
    List<Bucket> buckets();

    @JsonCreator
    static LatencySnapshot of(
        @JsonProperty("buckets") List<Bucket> buckets,
        @JsonProperty("sum") Duration sum,
        @JsonProperty("min") Duration min,
        @JsonProperty("max") Duration max) {
      return LatencySnapshot.of(buckets, sum, min, max);
    }
  }

  /** The index of a bucket implies its bounds. */
  @JsonIgnoreProperties({"lower", "upper"})
  private interface BucketJson {
    @JsonCreator
    static Bucket of(@JsonProperty("index") int index, @JsonProperty("count") long count) {
      return Bucket.of(index, count);
    }
  }

  private SnapshotJson() {}
}
