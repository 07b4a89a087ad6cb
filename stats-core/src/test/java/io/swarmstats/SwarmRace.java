package io.swarmstats;

import io.swarmstats.Sighting.Figure;
import io.swarmstats.UpdateLog.Update;
import io.swarmstats.snapshot.ClientSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/*
 * These rules let a judge compute later which updates must have been accepted.
 *
 * A slot is an id together with the client that was last added under the id. Any actor counts
 * requests, errors and other events on the client of any slot. Bytes and lines are levels of a run.
 * Only one actor, the reporter of the slot, starts runs and reports to them. Another actor, the
 * keeper of the slot, removes, adds, replaces and restarts. Runs and clients therefore end while
 * their writers still write.
 */

/**
 * Actors that change a swarm in every way except a reset, and readers beside them. Every update and
 * every read is logged, and a {@link SwarmJudge} judges the log after the race.
 */
final class SwarmRace {
  private static final int ACTORS = 4;
  private static final int READERS = 2;
  private static final int SLOTS = 12;
  private static final int FIRST_ID = -400; // of the slots
  private static final int ID_STEP = 77;
  private static final int TURNS_BETWEEN_CHANGES = 16; // on average

  /** How a reader gets the figures of the aggregate. */
  interface View {
    Map<Figure, Long> figures(StatsAggregator aggregator, StatsReader reader);
  }

  record Interval(int start, int end) {
    static final Interval NEVER = new Interval(IntervalOracle.NEVER, IntervalOracle.NEVER);

    /** Returns the interval of a write that may be rejected. */
    Interval orNever() {
      return new Interval(start, IntervalOracle.NEVER);
    }
  }

  /** A client from its addition to its removal. The keeper of its slot logs these steps. */
  static final class Member {
    final int number;
    final ClientStats stats;
    final List<Interval> restarts = new ArrayList<>(); // restarts by the keeper
    Interval added = Interval.NEVER;
    Interval closed = Interval.NEVER;

    Member(int number, ClientStats stats) {
      this.number = number;
      this.stats = stats;
    }

    boolean isRemoved() {
      return closed.start != IntervalOracle.NEVER;
    }
  }

  private final long seed;
  private final int updatesPerActor;
  private final View view;
  private final ManualTimeSource time = new ManualTimeSource();
  private final StatsConfig config = StatsConfig.defaults().withTimeSource(time);
  private final StatsAggregator aggregator = new StatsAggregator(config);
  private final EventClock events = new EventClock();
  private final AtomicReferenceArray<Member> slots = new AtomicReferenceArray<>(SLOTS);
  private final List<Actor> actors = new ArrayList<>();
  private final List<Reader> readers = new ArrayList<>();
  private final AtomicInteger acting = new AtomicInteger(ACTORS);
  private long stalls; // of all clients, at the end

  SwarmRace(long seed, int updatesPerActor, View view) {
    this.seed = seed;
    this.updatesPerActor = updatesPerActor;
    this.view = view;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ACTORS; i++) {
      actors.add(new Actor(i, random.split()));
    }
    for (int slot = 0; slot < SLOTS; slot++) {
      actors.get(slot % ACTORS).add(slot);
    }
    for (int i = 0; i < READERS; i++) {
      readers.add(new Reader(random.split()));
    }
  }

  /**
   * Runs the race. A violation of a bound or relation throws an AssertionError that contains the
   * seed.
   */
  void run() {
    List<Race.Action> racers = new ArrayList<>();
    actors.forEach(actor -> racers.add(() -> {
      try {
        actor.act();
      } finally {
        acting.decrementAndGet();
      }
    }));
    readers.forEach(reader -> racers.add(reader::read));
    try {
      Race.of(racers);
      judge();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private void judge() {
    List<Member> members = actors.stream().flatMap(actor -> actor.kept.stream()).toList();
    Reader atEnd = new Reader(new SplittableRandom(seed));
    atEnd.readAggregate();
    members.forEach(atEnd::readClient);

    SwarmJudge judge = new SwarmJudge(members);
    actors.forEach(actor -> judge.add(actor.log));
    actors.forEach(actor -> judge.add(actor.lastSummaries));
    readers.forEach(reader -> judge.add(reader.seen));
    judge.add(atEnd.seen);

    judge.requireWithinBounds();
    readers.forEach(reader -> SwarmJudge.requirePossible(reader.seen));
    stalls = atEnd.seen.get(0).of(Figure.STALLS);
    SwarmJudge.requireSums(atEnd.seen.get(0), atEnd.seen.subList(1, atEnd.seen.size()));
  }

  /** Returns the number of updates, restarts, additions and removals. */
  long operations() {
    return actors.stream().mapToLong(actor -> actor.log.size() + actor.changes).sum();
  }

  /** Returns the number of stalls of all clients. */
  long stalls() {
    return stalls;
  }

  /** Returns the number of snapshots and summaries. */
  long reads() {
    return readers.stream().mapToLong(reader -> reader.seen.size()).sum();
  }

  // The updates.

  private final class Actor {
    private final int index;
    private final SplittableRandom random;
    private final UpdateLog log = new UpdateLog(updatesPerActor);
    private final List<Member> kept = new ArrayList<>();
    private final Report[] reports = new Report[SLOTS / ACTORS];
    private final List<Sighting> lastSummaries = new ArrayList<>();
    private int changes;

    Actor(int index, SplittableRandom random) {
      this.index = index;
      this.random = random;
      for (int i = 0; i < reports.length; i++) {
        reports[i] = new Report();
      }
    }

    void act() {
      while (log.hasRoom()) {
        if (random.nextInt(TURNS_BETWEEN_CHANGES) == 0) {
          change(random.nextInt(SLOTS / ACTORS) * ACTORS + index);
        }
        // kept for a while, so that another actor may close it
        Member member = slots.get(random.nextInt(SLOTS));
        for (int i = random.nextInt(16); i >= 0; i--) {
          update(member);
        }
        int own = random.nextInt(reports.length);
        int keeper = (index + 1) % ACTORS; // the slot of another actor
        report(reports[own], slots.get(own * ACTORS + keeper));
      }
    }

    private void update(Member member) {
      switch (random.nextInt(12)) {
        case 0 -> update(member, Update.MANIFEST);
        case 1 -> update(member, Update.INIT);
        case 2 -> update(member, Update.UNKNOWN);
        case 3 -> update(member, Update.RECONNECTION);
        case 4 -> afterRequest(member, Update.TIMEOUT);
        case 5, 6 -> afterRequest(member, Update.NOT_FOUND);
        case 7 -> afterRequest(member, Update.OTHER_ERROR);
        case 8 -> afterRequest(member, Update.SIZE);
        case 9 -> update(member, random.nextInt(4) == 0 ? Update.INVALID : Update.SEGMENT);
        case 10 ->
          update(member, random.nextInt(16) == 0 ? Update.INVALID_WALL_TIME : Update.WALL_TIME);
        default -> update(member, Update.SEGMENT);
      }
    }

    /** Records a request, and then its error or the size of its segment. */
    private void afterRequest(Member member, Update outcome) {
      update(member, Update.SEGMENT);
      update(member, outcome);
    }

    private void update(Member member, Update update) {
      ClientStats client = member.stats;
      int start = events.now();
      switch (update) {
        case MANIFEST -> client.incrementManifestRequests();
        case SEGMENT -> client.incrementSegmentRequests();
        case INIT -> client.incrementInitRequests();
        case UNKNOWN -> client.incrementUnknownRequests();
        case RECONNECTION -> client.recordReconnection();
        case TIMEOUT -> client.recordTimeout();
        case NOT_FOUND -> client.recordHttpError(404);
        case OTHER_ERROR -> client.recordHttpError(999);
        case SIZE -> client.recordSegmentSize(Sighting.SIZE_EACH);
        case INVALID -> client.updateCurrentBytes(-1);
        case WALL_TIME -> aggregator.recordSegmentWallTime(1_000);
        case INVALID_WALL_TIME -> aggregator.recordSegmentWallTime(-1);
        default -> throw new IllegalArgumentException(update.name());
      }
      int amount = update == Update.SIZE ? Sighting.SIZE_EACH : 1;
      log.add(update, member.number, start, events.now(), amount);
    }

    /** Reports to the run that this actor started last, even if the run has ended meanwhile. */
    private void report(Report report, Member member) {
      Member known = report.member;
      ProcessRun run = report.run;
      if (known == null || run == null || known != member || random.nextInt(16) == 0) {
        int start = events.now();
        run = member.stats.onProcessStart();
        log.add(Update.RESTART, member.number, start, events.now(), 1);
        report.start(member, run, time.nanoTime());
      }
      for (int i = random.nextInt(8); i >= 0; i--) {
        switch (random.nextInt(6)) {
          case 0, 1 -> reportBytes(report, run, member);
          case 2, 3 -> reportLines(report, run, member);
          case 4 -> reportMedia(report, run, member);
          default -> reportDrift(run, member);
        }
      }
    }

    /**
     * Reports the bytes alone. The end of the run could reject the media of a report and accept its
     * bytes. Such a report would count twice among the offered updates.
     */
    private void reportBytes(Report report, ProcessRun run, Member member) {
      report.bytes += Sighting.BYTES_EACH;
      int start = events.now();
      run.updateBytes(report.bytes);
      log.add(Update.BYTES, member.number, start, events.now(), Sighting.BYTES_EACH);
    }

    private void reportLines(Report report, ProcessRun run, Member member) {
      int more = report.moreLines(random);
      long[] lines = report.lines;
      int start = events.now();
      run.recordDroppedLines(lines[0], lines[1], lines[2], lines[3]);
      log.add(Update.LINES, member.number, start, events.now(), more);
    }

    private void reportDrift(ProcessRun run, Member member) {
      int start = events.now();
      run.updateDrift(1 + random.nextInt(1_000_000));
      log.add(Update.DRIFT, member.number, start, events.now(), 0);
    }

    /** Reports media without bytes. The viewer plays, or waits while the media is frozen. */
    private void reportMedia(Report report, ProcessRun run, Member member) {
      time.advance(Duration.ofMillis(random.nextInt(500)));
      long outTime =
          random.nextInt(4) == 0 ? 0 : report.nextOutTime(random, time.nanoTime()); // 0: no media
      int start = events.now();
      run.onProgress(-1, outTime, random.nextInt(20) / 10.0);
      log.add(Update.MEDIA, member.number, start, events.now(), 0);
    }

    /** Changes the membership of a slot, or restarts the process of its client. */
    private void change(int slot) {
      time.advance(Duration.ofMillis(random.nextInt(100)));
      Member member = slots.get(slot);
      switch (member.isRemoved() ? 3 : random.nextInt(6)) {
        case 0 -> remove(member);
        case 1 -> {
          remove(member);
          add(slot);
        }
        case 2, 3 -> add(slot);
        default -> restart(member);
      }
    }

    private void restart(Member member) {
      int start = events.tick();
      member.stats.onProcessStart();
      member.restarts.add(new Interval(start, events.tick()));
      changes++;
    }

    private void remove(Member member) {
      int start = events.tick();
      ClientSummary last = aggregator.removeClient(member.stats.clientId()).orElseThrow();
      Map<Figure, Long> figures = Sighting.figuresOf(last, member.stats);
      member.closed = new Interval(start, events.tick());
      lastSummaries.add(new Sighting(member.number, start, member.closed.end, figures));
      changes++;
    }

    /** Adds a client to a slot. A client that is already there is replaced. */
    private void add(int slot) {
      int id = slot * ID_STEP + FIRST_ID;
      int number = kept.size() * ACTORS + index;
      Member before = slots.get(slot);
      Member next;
      int start;
      if (random.nextBoolean()) {
        next = new Member(number, new ClientStats(id, config));
        for (int i = random.nextInt(50); i > 0; i--) {
          update(next, Update.MANIFEST); // recorded before the addition
        }
        slots.set(slot, next); // other actors may use the client before its addition
        start = events.tick();
        aggregator.addClient(next.stats);
      } else {
        start = events.tick();
        next = new Member(number, aggregator.addClient(id));
      }
      next.added = new Interval(start, events.tick());
      if (before != null && !before.isRemoved()) {
        before.closed = next.added;
      }
      kept.add(next);
      slots.set(slot, next);
      changes++;
    }
  }

  /** All that the reporter of a slot has reported to the current run. */
  private static final class Report {
    @Nullable
    Member member;

    @Nullable
    ProcessRun run;

    long bytes;
    final long[] lines = new long[4];
    private long startNanos;
    private long outTimeMicros;
    private boolean frozen;

    void start(Member member, ProcessRun run, long nanoTime) {
      this.member = member;
      this.run = run;
      bytes = 0;
      Arrays.fill(lines, 0);
      startNanos = nanoTime;
      outTimeMicros = 1;
      frozen = false;
    }

    /**
     * Returns the media in microseconds: as much as time has passed, unless the media is frozen.
     */
    long nextOutTime(SplittableRandom random, long nanoTime) {
      if (random.nextInt(8) == 0) {
        frozen = !frozen;
      }
      if (!frozen) {
        outTimeMicros = Math.max(outTimeMicros, (nanoTime - startNanos) / 1_000);
      }
      return outTimeMicros;
    }

    /**
     * Adds lines, with at most as many dropped as read lines in each stream. Returns the four
     * amounts, one byte each.
     */
    int moreLines(SplittableRandom random) {
      int progressRead = random.nextInt(100);
      int progressDropped = random.nextInt(progressRead + 1);
      int stderrRead = Sighting.STDERR_DROPPED_EACH + random.nextInt(100);
      lines[0] += progressRead;
      lines[1] += progressDropped;
      lines[2] += stderrRead;
      lines[3] += Sighting.STDERR_DROPPED_EACH;
      return progressRead
          | progressDropped << Byte.SIZE
          | stderrRead << (2 * Byte.SIZE)
          | Sighting.STDERR_DROPPED_EACH << (3 * Byte.SIZE);
    }
  }

  // The reads.

  private final class Reader {
    private final SplittableRandom random;
    private final StatsReader reader = aggregator.newReader();
    private final List<Sighting> seen = new ArrayList<>();

    Reader(SplittableRandom random) {
      this.random = random;
    }

    void read() {
      boolean quiet;
      do {
        quiet = acting.get() == 0; // read before the snapshots: the last ones see all updates
        readAggregate();
        Member member = slots.get(random.nextInt(SLOTS));
        readClient(member);
        if (random.nextInt(16) == 0) {
          readAllClients();
        }
      } while (!quiet);
    }

    private void readAggregate() {
      int start = events.tick();
      Map<Figure, Long> figures = view.figures(aggregator, reader);
      seen.add(new Sighting(Sighting.AGGREGATE, start, events.tick(), figures));
    }

    private void readClient(Member member) {
      int start = events.tick();
      ClientSummary summary = member.stats.summary();
      Map<Figure, Long> figures = Sighting.figuresOf(summary, member.stats);
      seen.add(new Sighting(member.number, start, events.tick(), figures));
      requirePossible(summary);
    }

    private void readAllClients() {
      List<ClientSummary> summaries = aggregator.clientSummaries();
      for (int i = 0; i < summaries.size(); i++) {
        requirePossible(summaries.get(i));
        if (i > 0 && summaries.get(i).clientId() <= summaries.get(i - 1).clientId()) {
          throw new AssertionError("the ids do not ascend: " + summaries);
        }
      }
    }

    private void requirePossible(ClientSummary summary) {
      if (summary.errors().total() > summary.requests().total()
          || summary.currentDrift().compareTo(summary.maxDrift()) > 0
          || (summary.averageSegmentSize() != 0
              && summary.averageSegmentSize() != Sighting.SIZE_EACH)
          || summary.averageSegmentSize() > summary.downloadedBytes()) {
        throw new AssertionError("impossible: " + summary);
      }
    }
  }
}
