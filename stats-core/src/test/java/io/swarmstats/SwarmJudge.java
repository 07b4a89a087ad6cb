package io.swarmstats;

import io.swarmstats.Sighting.Figure;
import io.swarmstats.SwarmRace.Interval;
import io.swarmstats.SwarmRace.Member;
import io.swarmstats.UpdateLog.Update;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/*
 * Two steps can reject an update: the closing of its client and the end of its run. The order of
 * update and step decides the outcome. An update that finished before the step began is accepted.
 * An update that began after the step had ended is rejected. An update that overlaps the step is
 * either in its sum or among the rejected updates. The figure OFFERED counts every update once, and
 * so proves that no update is missing from both.
 */

/** Judges, after a race, all reads of the aggregate and of every client. */
final class SwarmJudge {

  private enum Outcome {
    ACCEPTED,
    EITHER,
    REJECTED;

    /** Returns the outcome of an update beside a step that rejects every later update. */
    static Outcome of(Interval update, Interval step) {
      if (update.end() < step.start()) {
        return ACCEPTED;
      }
      return update.start() >= step.end() ? REJECTED : EITHER;
    }

    Outcome and(Outcome other) {
      return compareTo(other) > 0 ? this : other;
    }
  }

  /** The aggregate or a client, with one oracle for each of its figures. */
  private static final class Subject {
    private final Map<Figure, IntervalOracle> oracles = new EnumMap<>(Figure.class);

    void write(Figure figure, Interval when, int amount) {
      of(figure).write(when.start(), when.end(), amount);
    }

    IntervalOracle of(Figure figure) {
      return oracles.computeIfAbsent(figure, first -> new IntervalOracle());
    }
  }

  private final Map<Integer, Member> members = new HashMap<>();
  private final Map<Integer, Subject> clients = new HashMap<>();
  private final Subject aggregate = new Subject();

  SwarmJudge(List<Member> members) {
    for (Member member : members) {
      this.members.put(member.number, member);
      clients.put(member.number, new Subject());
      aggregate.write(Figure.EVER_ADDED, member.added, 1);
      if (member.isRemoved()) {
        aggregate.write(Figure.DEPARTED, member.closed, 1);
      }
      for (Interval restart : member.restarts) { // by the thread that closes the client later
        accept(member, Figure.PROCESS_STARTS, Outcome.ACCEPTED, restart, 1);
        offer(member, Outcome.REJECTED, restart);
      }
    }
  }

  private Subject subject(int number) {
    return number == Sighting.AGGREGATE ? aggregate : Objects.requireNonNull(clients.get(number));
  }

  private Member member(int number) {
    return Objects.requireNonNull(members.get(number));
  }

  // The updates.

  /** Adds the updates of one thread. */
  void add(UpdateLog log) {
    Map<Integer, Interval> endsOfRuns =
        new HashMap<>(); // end of the last run that the thread started, by client
    for (int i = 0; i < log.size(); i++) {
      Update update = log.update(i);
      Interval when = new Interval(log.start(i), log.end(i));
      if (update == Update.WALL_TIME) {
        aggregate.write(Figure.WALL_TIMES, when, 1);
        continue;
      }
      if (update == Update.INVALID_WALL_TIME) {
        aggregate.write(Figure.REJECTED_UPDATES, when, 1);
        continue;
      }
      Member member = member(log.member(i));
      if (update == Update.RESTART) {
        endsOfRuns.put(member.number, endOfRun(member, when));
      }
      Outcome byClosing = Outcome.of(when, member.closed);
      Outcome outcome = byClosing;
      if (update == Update.INVALID) {
        outcome = Outcome.REJECTED;
      } else if (update.isOfRun()) {
        outcome =
            outcome.and(Outcome.of(when, endsOfRuns.getOrDefault(member.number, Interval.NEVER)));
      }
      List<Figure> figures = update.figures();
      for (int j = 0; j < figures.size(); j++) {
        accept(member, figures.get(j), outcome, when, log.amount(i, j));
      }
      reject(member, outcome, byClosing, when);
      // accepted or rejected, the update shows, unless its acceptance changes no figure
      offer(member, update.showsIfAccepted() ? Outcome.REJECTED : outcome, when);
    }
  }

  /**
   * Returns the interval in which another thread ended a run. The interval begins with the first
   * restart that may follow the start, and ends with the first restart that does follow the start.
   */
  private static Interval endOfRun(Member member, Interval started) {
    int start = IntervalOracle.NEVER;
    int end = IntervalOracle.NEVER;
    for (Interval restart : member.restarts) {
      if (restart.end() > started.start()) {
        start = Math.min(start, restart.start());
      }
      if (restart.start() > started.end()) {
        end = Math.min(end, restart.end());
      }
    }
    return new Interval(start, end);
  }

  private void accept(Member member, Figure figure, Outcome outcome, Interval when, int amount) {
    if (outcome != Outcome.REJECTED) {
      Interval seen = outcome == Outcome.ACCEPTED ? when : when.orNever();
      subject(member.number).write(figure, seen, amount);
      aggregate.write(figure, onceAdded(member, seen), amount);
    }
  }

  private void reject(Member member, Outcome outcome, Outcome byClosing, Interval when) {
    if (outcome != Outcome.ACCEPTED) {
      Interval seen = outcome == Outcome.REJECTED ? when : when.orNever();
      subject(member.number).write(Figure.REJECTED_UPDATES, seen, 1);
      // the aggregate keeps the count that it had at closing
      if (byClosing != Outcome.REJECTED) {
        Interval kept = byClosing == Outcome.ACCEPTED ? seen : when.orNever();
        aggregate.write(Figure.REJECTED_UPDATES, onceAdded(member, kept), 1);
      }
    }
  }

  private void offer(Member member, Outcome rejected, Interval when) {
    if (rejected != Outcome.ACCEPTED) {
      Interval seen = rejected == Outcome.REJECTED ? when : when.orNever();
      subject(member.number).write(Figure.OFFERED, seen, 1);
    }
  }

  /**
   * Returns the interval in which a record reaches the aggregate: not before the client is added.
   */
  private static Interval onceAdded(Member member, Interval when) {
    return new Interval(
        Math.max(member.added.start(), when.start()), Math.max(member.added.end(), when.end()));
  }

  // The reads.

  /** Adds the reads of one thread, in order. */
  void add(List<Sighting> seen) {
    for (Sighting sighting : seen) {
      Subject subject = subject(sighting.subject());
      sighting.figures().forEach((figure, value) -> {
        if (figure.isLogged()) {
          subject.of(figure).read(sighting.start(), sighting.end(), value);
        }
      });
    }
  }

  /** Fails unless every figure lies between its values at the start and at the end of its read. */
  void requireWithinBounds() {
    require("the aggregate", aggregate);
    clients.forEach((number, subject) -> {
      Member member = member(number);
      require(
          "client " + member.stats.clientId() + ", added " + member.added + ", closed "
              + member.closed,
          subject);
    });
  }

  private static void require(String name, Subject subject) {
    subject.oracles.forEach((figure, oracle) -> oracle.check().ifPresent(violation -> {
      throw new AssertionError(figure + " of " + name + ": " + violation);
    }));
  }

  /**
   * Fails unless the relations between figures hold in every read and no total falls for a reader.
   */
  static void requirePossible(List<Sighting> seen) {
    Map<Integer, Sighting> last = new HashMap<>();
    for (Sighting next : seen) {
      requireAtMost(next, Figure.PROGRESS_DROPPED, Figure.PROGRESS_READ);
      requireAtMost(next, Figure.STDERR_DROPPED, Figure.STDERR_READ);
      requireAtMost(next, Figure.HTTP_404, Figure.HTTP_ERRORS);
      // each error follows a request for a segment
      requireAtMost(next, Figure.HTTP_ERRORS, Figure.SEGMENT_REQUESTS);
      requireAtMost(next, Figure.TIMEOUTS, Figure.SEGMENT_REQUESTS);
      // each size follows a request for a segment
      if (next.of(Figure.DOWNLOADED_BYTES)
          > Sighting.SIZE_EACH * next.of(Figure.SEGMENT_REQUESTS)) {
        throw new AssertionError(next.describe(Figure.DOWNLOADED_BYTES) + " is above the sizes of "
            + next.of(Figure.SEGMENT_REQUESTS) + " requests");
      }
      Sighting before = last.put(next.subject(), next);
      if (before != null) {
        before.figures().forEach((figure, value) -> {
          if (next.of(figure) < value) {
            throw new AssertionError(before.describe(figure) + " fell to " + next.describe(figure));
          }
        });
      }
    }
  }

  private static void requireAtMost(Sighting seen, Figure bounded, Figure bound) {
    if (seen.of(bounded) > seen.of(bound)) {
      throw new AssertionError(
          seen.describe(bounded) + " is above " + bound + " " + seen.of(bound));
    }
  }

  /** Fails unless the aggregate, once quiet, is the sum of all clients, live and departed. */
  static void requireSums(Sighting aggregate, List<Sighting> clients) {
    for (Figure figure : EnumSet.range(Figure.MANIFEST_REQUESTS, Figure.STDERR_DROPPED)) {
      long sum = clients.stream().mapToLong(client -> client.of(figure)).sum();
      if (aggregate.of(figure) != sum) {
        throw new AssertionError(
            figure + " at the end is " + aggregate.of(figure) + ", of the clients " + sum);
      }
    }
  }
}
