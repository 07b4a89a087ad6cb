package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import io.swarmstats.internal.Saturating;
import java.util.List;

/**
 * The requests by kind. Each count is at least 0.
 *
 * @param manifest requests for a playlist (manifest)
 * @param segment requests for a media segment
 * @param init requests for an initialization segment
 * @param unknown requests for anything that is neither a playlist nor a segment
 */
public record Requests(long manifest, long segment, long init, long unknown) {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  public Requests {
    Require.notNegative("manifest", manifest);
    Require.notNegative("segment", segment);
    Require.notNegative("init", init);
    Require.notNegative("unknown", unknown);
  }

  Requests since(Requests earlier) {
    return new Requests(
        Saturating.subtract(manifest, earlier.manifest),
        Saturating.subtract(segment, earlier.segment),
        Saturating.subtract(init, earlier.init),
        Saturating.subtract(unknown, earlier.unknown));
  }

  static Requests merge(List<Requests> parts) {
    return new Requests(
        Saturating.sum(parts, Requests::manifest),
        Saturating.sum(parts, Requests::segment),
        Saturating.sum(parts, Requests::init),
        Saturating.sum(parts, Requests::unknown));
  }

  /**
   * Returns all requests.
   *
   * @return the sum; saturates at {@link Long#MAX_VALUE}
   */
  public long total() {
    return Saturating.add(Saturating.add(manifest, segment), Saturating.add(init, unknown));
  }
}
