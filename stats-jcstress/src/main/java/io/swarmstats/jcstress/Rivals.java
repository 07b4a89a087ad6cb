package io.swarmstats.jcstress;

import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.RateBaseline;

/** The documents' aggregators, for the tests in which time has no part. */
final class Rivals {
  private Rivals() {}

  /** Creates one whose clients are the lightest, so that a state is made quickly. */
  static Aggregator aggregator(AggregatorContender contender) {
    return aggregator(contender, ClientContender.MUTEX);
  }

  static Aggregator aggregator(AggregatorContender contender, ClientContender clients) {
    return contender.create(Configs.STILL, clients, RateBaseline.Form.ATOMIC);
  }

  static void addRequests(Client client, int count) {
    for (int i = 0; i < count; i++) {
      client.incrementSegmentRequests();
    }
  }
}
