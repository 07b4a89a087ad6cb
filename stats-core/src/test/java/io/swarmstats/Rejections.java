package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.snapshot.ClientSummary;
import java.time.Duration;
import java.util.function.Consumer;

/** Assertions for rejected and ignored updates of a client. */
final class Rejections {

  private Rejections() {}

  /**
   * Asserts that an update changes no figure of the client and adds exactly 1 to its rejected
   * updates.
   */
  static void assertRejected(ClientStats client, Consumer<ClientStats> update) {
    ClientSummary before = client.summary();
    update.accept(client);
    assertThat(client.summary())
        .isEqualTo(withRejectedUpdates(before, before.rejectedUpdates() + 1));
  }

  /** Asserts that an update changes no figure of the client, not even its rejected updates. */
  static void assertIgnored(ClientStats client, Consumer<ClientStats> update) {
    ClientSummary before = client.summary();
    update.accept(client);
    assertThat(client.summary()).isEqualTo(before);
  }

  /** Returns a client with a value in every figure, some time after its start. */
  static ClientStats busyClient(ManualTimeSource clock) {
    ClientStats client = new ClientStats(7, StatsConfig.defaults().withTimeSource(clock));
    client.incrementManifestRequests();
    client.incrementSegmentRequests();
    client.incrementInitRequests();
    client.incrementUnknownRequests();
    client.recordHttpError(404);
    client.recordReconnection();
    client.recordTimeout();
    client.recordSegmentSize(1000);
    clock.advance(Duration.ofSeconds(10));
    client.onProgress(5000, 2_000_000, 1.0);
    client.updateSpeed(0.5);
    client.recordDroppedLines(100, 10, 50, 5);
    clock.advance(Duration.ofSeconds(6));
    return client;
  }

  private static ClientSummary withRejectedUpdates(ClientSummary summary, long rejectedUpdates) {
    return new ClientSummary(
        summary.clientId(),
        summary.uptime(),
        summary.totalBytes(),
        summary.processStarts(),
        summary.downloadedBytes(),
        summary.requests(),
        summary.errors(),
        summary.speed(),
        summary.stalled(),
        summary.silent(),
        summary.stalls(),
        summary.stalledTime(),
        summary.currentDrift(),
        summary.maxDrift(),
        summary.highDrift(),
        summary.dropRate(),
        summary.peakDropRate(),
        summary.averageSegmentSize(),
        rejectedUpdates);
  }
}
