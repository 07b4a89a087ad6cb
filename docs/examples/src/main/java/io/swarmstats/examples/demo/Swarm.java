package io.swarmstats.examples.demo;

import io.swarmstats.StatsAggregator;
import io.swarmstats.examples.replay.Event;
import io.swarmstats.examples.replay.Recording;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The clients of the demo, divided into one share per recording thread. The recorded clients
 * repeat; each round starts a little later than the previous round.
 *
 * <p>The swarm ends when the first original client has no more events. A client without events
 * would look like a blocked process: silent and stalled.
 */
final class Swarm {

  /** The recorded time by which the clock may be ahead of the slowest thread. */
  static final long LEAD_MICROS = TimeUnit.MILLISECONDS.toMicros(250);

  private static final long ARRIVALS_MICROS = TimeUnit.SECONDS.toMicros(30);
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long SEED = 20;

  private final ScaledTime time;
  private final List<Share> shares = new ArrayList<>();
  private final long endMicros;

  /**
   * Creates the swarm without recording anything.
   *
   * @param churnPerSecond clients that are replaced per second of real time
   */
  Swarm(
      Recording recording,
      StatsAggregator aggregator,
      ScaledTime time,
      int clients,
      int threads,
      double churnPerSecond) {
    this.time = time;
    List<List<Event>> scripts = recording.byClient();
    int rounds = (clients - 1) / scripts.size() + 1;
    List<List<Session>> dealt = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      dealt.add(new ArrayList<>(clients / threads + 1));
    }
    long end = Long.MAX_VALUE;
    for (int id = 0; id < clients; id++) {
      int script = id % scripts.size();
      long shift = ARRIVALS_MICROS * (id / scripts.size()) / rounds;
      Session session = new Session(aggregator, id, script, scripts.get(script), shift);
      dealt.get(id % threads).add(session);
      end = Math.min(end, session.endMicros());
    }
    this.endMicros = end;
    for (List<Session> sessions : dealt) {
      double churn = churnPerSecond * sessions.size() / clients;
      shares.add(new Share(sessions, churn, new Random(SEED + shares.size())));
    }
  }

  /** Returns the shares. Each thread runs one share. */
  List<? extends Runnable> shares() {
    return shares;
  }

  /** Returns the progress of all shares. Any thread may call this method. */
  Dashboard.Progress progress() {
    long replaced = shares.stream().mapToLong(share -> share.replaced.get()).sum();
    return new Dashboard.Progress(
        micros(reachedMicros()), micros(endMicros), time.realSeconds(), replaced);
  }

  private long reachedMicros() {
    long reached = endMicros;
    for (Share share : shares) {
      reached = Math.min(reached, share.reachedMicros.get());
    }
    return reached;
  }

  private static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  /**
   * Returns how many sessions ended at which event, including the sessions of replaced clients.
   * Call this method only after all shares have ended.
   */
  Map<Session.Played, Long> played() {
    Map<Session.Played, Long> played = new HashMap<>();
    for (Share share : shares) {
      share.left.forEach((part, sessions) -> played.merge(part, sessions, Long::sum));
      share.sessions.forEach(session -> played.merge(session.played(), 1L, Long::sum));
    }
    return played;
  }

  /** The clients that one thread records. */
  private final class Share implements Runnable {

    private final List<Session> sessions;
    private final double churnPerSecond;
    private final Random random;
    // the sessions of replaced clients
    private final Map<Session.Played, Long> left = new HashMap<>();
    private final AtomicLong reachedMicros = new AtomicLong();
    private final AtomicLong replaced = new AtomicLong();

    Share(List<Session> sessions, double churnPerSecond, Random random) {
      this.sessions = sessions;
      this.churnPerSecond = churnPerSecond;
      this.random = random;
    }

    /** Records the events that are due, again and again, and lets the clock advance. */
    @Override
    public void run() {
      long now = 0;
      while (now < endMicros && !Thread.currentThread().isInterrupted()) {
        now = Math.min(time.micros(), endMicros);
        for (Session session : sessions) {
          session.playUntil(now);
        }
        reachedMicros.set(now);
        time.mayRunUntil(Swarm.this.reachedMicros() + LEAD_MICROS);
        if (now < endMicros) {
          churn(now);
        }
        boolean nothingDue = time.micros() <= now;
        if (nothingDue || !time.isHeldBack()) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }

    private void churn(long nowMicros) {
      double due = churnPerSecond * time.realSeconds() - replaced.get();
      for (int i = 0; i < sessions.size() && i + 1 <= due; i++) {
        Session session = sessions.get(random.nextInt(sessions.size()));
        if (session.isUnderWay()) {
          left.merge(session.played(), 1L, Long::sum);
          session.leaveAndBeReplaced(nowMicros);
          replaced.incrementAndGet();
        }
      }
    }
  }
}
