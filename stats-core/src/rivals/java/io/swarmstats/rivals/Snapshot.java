package io.swarmstats.rivals;

import io.swarmstats.snapshot.Rates;
import io.swarmstats.snapshot.Requests;
import java.time.Duration;
import java.util.Map;

/**
 * The figures of an aggregate that the library and its rivals share.
 *
 * @param elapsed the time from the start or the last reset to this snapshot
 * @param errorRate (HTTP errors + timeouts) / requests; 0 if there are none
 * @param minUptime of the live clients, like the next two; 0 if there are none
 * @param instantaneous the rates since the previous snapshot
 */
public record Snapshot(
    Duration elapsed,
    long clients,
    Requests requests,
    long totalBytes,
    Map<Integer, Long> httpErrors,
    long reconnections,
    long timeouts,
    double errorRate,
    long stalled,
    long highDrift,
    double averageSpeed,
    Duration maxDrift,
    long linesRead,
    long linesDropped,
    double peakDropRate,
    Duration minUptime,
    Duration maxUptime,
    Duration averageUptime,
    Rates instantaneous) {}
