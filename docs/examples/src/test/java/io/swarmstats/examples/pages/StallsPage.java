package io.swarmstats.examples.pages;

import io.swarmstats.snapshot.ClientSummary;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The text of {@code docs/study/stalls.md}. */
final class StallsPage {

  private StallsPage() {}

  static String text(
      StallsRecording recording, List<StallsFreeze> reporting, List<StallsFreeze> blocked) {
    StringBuilder page = new StringBuilder("""
        # Stalls: the rule of the documents and the viewer

        Written by `StallsPageTest`. Do not edit.

        ## Two rules

        * **The speed rule** is the rule of the Go documents. A client is stalled when FFmpeg's `speed` has been below 0.9 for more than 5 s.
          FFmpeg divides out_time by the time since the process began, so this speed is an average over the whole run. `updateSpeed` keeps
          this rule, and so do the [rivals](rivals.md).
        * **The viewer** is the rule of `onProgress`. The viewer is a simulated person who begins to play at the second report with media. The
          viewer plays at speed 1, and waits whenever the media runs out. A client is stalled when its media has been missing, or has
          come too slowly, for more than 5 s. A client is also stalled when its process has not begun to play within 5 s.

        [The user guide](../user-guide.md#what-the-words-mean) explains the words and the thresholds.

        ## The recorded swarm

        The recording contains 20 clients that play HLS for 90 s. At first the origin throttles two of them. Both rules call these two stalled.

        ![Stalled clients, second by second, by FFmpeg's speed and by the viewer](stalls.png)

        This table shows both rules at each full second of the recording. One row covers consecutive seconds in which both rules give the same result.

        | seconds | stalled by speed | clients | stalled by the viewer | clients |
        |---|---|---|---|---|
        """);
    for (List<StallsRecording.Second> alike : alike(recording.seconds())) {
      StallsRecording.Second first = alike.get(0);
      int last = alike.get(alike.size() - 1).number();
      page.append(row(
          first.number() == last ? "" + last : first.number() + "–" + last,
          "" + first.bySpeed().size(),
          list(first.bySpeed()),
          "" + first.byViewer().size(),
          list(first.byViewer())));
    }
    page.append("""

        This table shows each client at the end of the recording. *Stalls* and *waited* come from the viewer, over all processes of the client.

        | client | processes | seconds stalled by speed | seconds stalled by the viewer | stalls | waited (s) |
        |---|---|---|---|---|---|
        """);
    for (ClientSummary client : recording.clients()) {
      page.append(row(
          "" + client.clientId(),
          "" + client.processStarts(),
          "" + recording.secondsBySpeed(client.clientId()),
          "" + recording.secondsByViewer(client.clientId()),
          "" + client.stalls(),
          seconds(client.stalledTime(), 3)));
    }
    page.append(total(recording));
    page.append("""

        * The speed rule keeps its verdict long after a client has recovered, because the average rises slowly.
        """);
    page.append(String.format(
        Locale.ROOT,
        "* If a process needs more than 5 s to begin to play, its client is stalled: client %s. Such a"
            + " slow start does not count as a stall.\n",
        list(slowStarters(recording))));
    page.append("""

        ## Simulated freezes

        A client plays at speed 1, then no media arrives for a while, and then the client plays on. FFmpeg reports every 0.5 s, with an exact
        speed. A reader checks the client every 0.1 s.

        * *Seen* is the time from the start of the freeze until the rule calls the client stalled.
        * *Gone* is the time from the end of the freeze until the rule no longer calls the client stalled.

        In the first table, FFmpeg reports the same out_time again and again during the freeze.

        """);
    page.append(table(reporting));
    page.append("""

        In the second table, FFmpeg is blocked during the freeze and reports nothing.

        """);
    page.append(table(blocked));
    page.append("""

        * **The longer a client has played, the less the speed rule sees.** The average must first fall by 10 %. After the freeze, the average
          rises slowly.
        * **The viewer needs the same time after a minute and after a day.** The viewer begins to play at 1 s and has 1 s of media in hand. So
          the wait begins 1 s after the start of the freeze, and the stall shows 5 s later. The wait ends 0.5 s after the end of the freeze,
          with the first report that has new media. The viewer waited for all the time up to this report, so this report is still slow. The
          stall ends with the next report, 1 s after the freeze.
        * **The viewer needs no report to see a stall.** A reader compares the media in hand with its own time. The speed rule sees a blocked
          process only through the reports after the freeze.

        ## An intended difference

        The rivals keep the speed rule, because they reproduce the documents. The library differs on purpose, in two cases: in
        `onProgress`, and for a process that has not begun to play. See
        [Intended differences](faults-of-the-originals.md#intended-differences).
        """);
    return page.toString();
  }

  private static List<List<StallsRecording.Second>> alike(List<StallsRecording.Second> seconds) {
    List<List<StallsRecording.Second>> groups = new ArrayList<>();
    for (StallsRecording.Second second : seconds) {
      boolean isNew = groups.isEmpty() || !groups.get(groups.size() - 1).get(0).looksLike(second);
      if (isNew) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(second);
    }
    return groups;
  }

  /** Returns the clients that were stalled by the viewer's rule, and that never had a stall. */
  private static List<Integer> slowStarters(StallsRecording recording) {
    return recording.clients().stream()
        .filter(client -> client.stalls() == 0)
        .map(ClientSummary::clientId)
        .filter(client -> recording.secondsByViewer(client) > 0)
        .toList();
  }

  private static String total(StallsRecording recording) {
    List<ClientSummary> clients = recording.clients();
    return row(
        "all",
        "" + clients.stream().mapToLong(ClientSummary::processStarts).sum(),
        ""
            + clients.stream()
                .mapToLong(client -> recording.secondsBySpeed(client.clientId()))
                .sum(),
        ""
            + clients.stream()
                .mapToLong(client -> recording.secondsByViewer(client.clientId()))
                .sum(),
        "" + clients.stream().mapToLong(ClientSummary::stalls).sum(),
        seconds(
            clients.stream().map(ClientSummary::stalledTime).reduce(Duration.ZERO, Duration::plus),
            3));
  }

  private static String table(List<StallsFreeze> freezes) {
    StringBuilder table = new StringBuilder("""
        | plays (s) | freezes (s) | by speed: seen (s) | gone (s) | by the viewer: seen (s) | gone (s) | stalls | waited (s) |
        |---|---|---|---|---|---|---|---|
        """);
    for (StallsFreeze freeze : freezes) {
      table.append(row(
          String.format(Locale.ROOT, "%,d", freeze.play().toSeconds()),
          String.format(Locale.ROOT, "%,d", freeze.freeze().toSeconds()),
          secondsOrNever(freeze.bySpeed().seen()),
          freeze.bySpeed().gone().map(gone -> seconds(gone, 1)).orElse("–"),
          secondsOrNever(freeze.byViewer().seen()),
          freeze.byViewer().gone().map(gone -> seconds(gone, 1)).orElse("–"),
          "" + freeze.stalls(),
          seconds(freeze.waited(), 1)));
    }
    return table.toString();
  }

  private static String secondsOrNever(Optional<Duration> time) {
    return time.map(seen -> seconds(seen, 1)).orElse("never");
  }

  private static String seconds(Duration time, int digits) {
    BigDecimal seconds = BigDecimal.valueOf(time.toNanos(), 9);
    return String.format(Locale.ROOT, "%,." + digits + "f", seconds);
  }

  private static String list(List<Integer> clients) {
    return String.join(", ", clients.stream().map(String::valueOf).toList());
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
