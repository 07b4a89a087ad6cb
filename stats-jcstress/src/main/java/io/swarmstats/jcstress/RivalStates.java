package io.swarmstats.jcstress;

import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.RateBaseline;

/** Creates the documents' variants in the state in which a test begins. Their time stands still. */
final class RivalStates {
  private RivalStates() {}

  /** Creates an aggregator with the lightest clients, so that jcstress creates states quickly. */
  static Aggregator aggregator(AggregatorContender contender) {
    return aggregator(contender, ClientContender.MUTEX);
  }

  static Aggregator aggregator(AggregatorContender contender, ClientContender clients) {
    return contender.create(Configs.STILL, clients, RateBaseline.Form.ATOMIC);
  }

  static Client with1000Bytes(ClientContender contender) {
    Client client = contender.create(1, Configs.STILL);
    client.updateCurrentBytes(1000);
    return client;
  }

  static void addRequests(Client client, int count) {
    for (int i = 0; i < count; i++) {
      client.incrementSegmentRequests();
    }
  }
}
