package io.swarmstats.jcstress;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import java.time.Duration;
import org.openjdk.jcstress.infra.results.DZ_Result;

/** A client of the documents and its clock, for {@link StallClockRivals}. */
final class TimedRival {
  private final ManualTimeSource clock = new ManualTimeSource();
  private final Client client;

  TimedRival(ClientContender contender) {
    client = contender.create(1, Configs.at(clock));
  }

  static TimedRival fast(ClientContender contender) {
    TimedRival rival = new TimedRival(contender);
    rival.updateSpeed(1.0);
    return rival;
  }

  /** Creates a client whose stall clock runs. Some start the clock only when the speed falls. */
  static TimedRival slow(ClientContender contender) {
    TimedRival rival = fast(contender);
    rival.updateSpeed(0.5);
    return rival;
  }

  static TimedRival slowForSixSeconds(ClientContender contender) {
    TimedRival rival = slow(contender);
    rival.clock.advance(Duration.ofSeconds(6));
    return rival;
  }

  void updateSpeed(double speed) {
    client.updateSpeed(speed);
  }

  /** Reads speed and stall. A client of the documents is stalled if its clock says so. */
  void look(DZ_Result result) {
    result.r1 = client.speed();
    result.r2 = client.isStalled();
  }

  void lookLater(DZ_Result result) {
    clock.advance(Duration.ofSeconds(6));
    look(result);
  }
}
