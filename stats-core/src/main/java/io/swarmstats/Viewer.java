package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.internal.Saturating;

/*
 * The viewer. FFmpeg's speed is an average since the process began, and hides every later stall. So
 * each run has a viewer, who plays the media at speed 1 and waits whenever the media runs out. OUT
 * is the highest out_time of the current timeline. The viewer begins to play at the second report
 * with media. BEGIN is the time of this report, minus all that was in WAITED before (0 in the first
 * era). So the media runs out at BEGIN + WAITED + OUT. A report at a later time adds the difference
 * to WAITED.
 *
 * Clock. A report is slow if the viewer waited for more than 1 - stallThreshold of the time since
 * the last report. The stall clock starts with a slow report and stops with a report that is not
 * slow. Each start and each stop is one turn of the clock. The cell STALLS contains the number of
 * stalls and the number of turns. The clock runs if the number of turns is odd. So one step stops
 * the clock and counts the stall, and exactly one thread succeeds with this step (G18). Without the
 * turns, a report that loaded a running clock could stop the clock of a later start. The cell SINCE
 * contains the start of the clock: the time at which the media ran out.
 *
 * Two reporters. A report is two atomic steps. The first step judges the time up to the report: it
 * adds the wait and starts or stops the clock. The second step raises OUT by the media of the
 * report. The first step loads the cells, computes the wait, and sets WAITED from the value that
 * the report loaded. If another report added a wait in between, the report retries. So no wait is
 * added twice (G18). Before the report computes the wait, it loads its first cells again, and
 * retries if one has changed. Otherwise, the report could combine an early OUT or LAST with a late
 * WAITED, and count a wait for which another report had brought media.
 *
 * Writers follow one order, and a report loads in the reverse order. To keep a running clock, a
 * slow report takes two turns. The clock runs on, but its cell has a new value:
 *
 *   set LAST if the report is slow, start or keep the clock, add to WAITED or set BEGIN, stop the
 *   clock, raise OUT, set LAST
 *
 *   To start, to keep and to stop the clock. The report changes the clock only from the value that
 *   it judged. So one stall cannot start or count twice. The report loads the clock and LAST again
 *   after WAITED. So a report that finds the wait of another report also finds the clock that the
 *   other report started, and its time. If a slow report did not take two turns, an older report that
 *   judged before could stop the clock afterwards.
 *
 *   An older report. A report from before LAST adds its wait and its media, and can start the clock.
 *   It does not stop the clock and is no jump, because a later report has judged already. A report
 *   from before SINCE does not stop the clock either.
 *
 * Eras. If the timeline jumps back by more than 10 s, OUT falls and the viewer begins again. One
 * step must do both: a report that combined the new OUT with the old BEGIN would count a wait that
 * never happened. So OUT, BEGIN and STALLS contain the number of an era, modulo 4. Each jump gives
 * OUT the next era, but never the era of an old BEGIN. BEGIN counts, and the clock runs, only in
 * the era of OUT. So a report that loaded the cells before the jump can neither begin nor start a
 * clock in the new era. A jump during play stops the clock, then sets SINCE to the time of the
 * jump, then changes OUT. So a reader of the new era finds in SINCE when the viewer began to
 * buffer. WAITED is not part of an era.
 *
 * End (G2, G3). The end of a run seals OUT, counts a last stall and seals STALLS, then adds the
 * last wait and seals WAITED. In the other order, an older report could find the last wait and stop
 * the clock too early to count. Any number of threads can end a run at once. The first seal of each
 * cell decides, and all threads find the same final values.
 *
 * Reader. A reader loads OUT, BEGIN, WAITED, STALLS and SINCE, in this order. Within an era OUT,
 * BEGIN and WAITED only rise. So the time at which the media runs out is never earlier than when
 * the read began. A reader that finds a wait also finds the clock of this wait. In the other order,
 * a reader could miss the clock before the wait, find the wait, and show a stalled client as
 * healthy. The reader loads STALLS before SINCE, because a writer sets SINCE first. In the other
 * order, the reader could combine a running clock with the start of an earlier stall.
 *
 * Speed (G7). Method recordSpeed judges by the speed alone. The speed and the clock are two cells.
 * Once all writers of the speed are quiet, the clock must run exactly if the speed is below the
 * threshold. A writer takes three steps:
 *
 *   1. Store the speed.
 *   2. Load the clock. If the clock does not match the speed, start or stop the clock.
 *   3. Load the speed again. If the speed is now on the other side of the threshold, go to step 2
 *      with this speed.
 *
 * Take the last change of the clock. Its writer then loaded the speed (step 3) and found a match,
 * because otherwise the writer would have changed the clock again. If the final speed was stored
 * before this load, the clock matches. If the final speed was stored later, the writer of the final
 * speed loaded the clock later still (step 2). This writer found a match too, because otherwise it
 * would have changed the clock.
 *
 * The proof needs one total order of four accesses: store speed, load clock, change clock, load
 * speed. Only volatile mode gives this order. With release and acquire, the load of one cell could
 * move before the store of the other.
 */

/**
 * The cells of a run that tell whether its viewer plays or waits, and the steps on these cells.
 *
 * <p>All times are nanoseconds since the start of the run, at least 0.
 */
final class Viewer {

  // levels
  static final int OUT = 0; // era and microseconds; 0 before the first report with media
  static final int LAST = 1; // the time of the last report
  static final int WAITED = 2; // nanoseconds
  static final int STALLS = 3; // era, stalls and turns of the clock
  static final int SINCE = 4; // the start of the stall clock, or of buffering after a jump
  // gauges
  static final int SPEED = 5; // bits of a double; 0.0 is "unknown"
  static final int BEGIN = 6; // era and time, or one of the two negative numbers below
  /** The first index after the cells of the viewer. */
  static final int CELLS_END = 7;

  private static final long NOT_BEGUN = -1;
  private static final long BEGUN_BY_SPEED = -2; // a report had a speed, but no report had media

  private static final long NEXT_ERA = 1L << 61;
  private static final long IN_ERA = NEXT_ERA - 1; // 73 years of nanoseconds
  private static final long ERA = 3 * NEXT_ERA; // the two bits below the seal

  private static final long STALL = 1L << 24; // in STALLS; the turns are below, modulo 2^24

  private static final long JUMP_MICROS = 10_000_000;

  /** In place of the time of a report that did not read the time. */
  static final long NO_TIME_READ = -1;

  private Viewer() {}

  /** Initializes the cells of a row that no other thread has yet. */
  static void init(long[] row) {
    row[BEGIN] = NOT_BEGUN;
  }

  /**
   * Records a report with media.
   *
   * @param micros FFmpeg's out_time in microseconds, above 0
   * @return false if the run has ended
   */
  static boolean recordMedia(long[] row, StatsConfig config, long time, long micros) {
    long now = Math.min(time, IN_ERA);
    long media = Math.min(micros, IN_ERA);
    while (!Cells.isSealed(row, OUT)) {
      if (tryRecordMedia(row, config, now, media)) {
        setLast(row, now);
        return true;
      }
    }
    return false;
  }

  /** Returns false if another report changed a cell meanwhile, or if the run has ended. */
  private static boolean tryRecordMedia(long[] row, StatsConfig config, long now, long media) {
    long last = Cells.readCounterAcquire(row, LAST);
    long out = Cells.readCounterAcquire(row, OUT);
    long begin = Cells.readGaugeAcquire(row, BEGIN);
    long clock = Cells.readCounterAcquire(row, STALLS);
    long waited = Cells.readCounterAcquire(row, WAITED);
    if (last != Cells.readCounterAcquire(row, LAST)
        || out != Cells.readCounterAcquire(row, OUT)
        || clock != Cells.readCounterAcquire(row, STALLS)) {
      return false; // the cells may never have had these values at the same time
    }
    if (isOdd(clock) && !isRunning(clock, out)) {
      Cells.casCounter(row, STALLS, clock, turn(clock)); // started late, after its era: no stall
      return false;
    }
    boolean overtaken = now < last;
    boolean jump = !overtaken && media < inEra(out) - JUMP_MICROS;
    boolean playing = isPlaying(out, begin);
    boolean slow = false;
    if (playing) {
      long runsOut = runsOut(out, begin, waited);
      long wait = Math.max(0, now - runsOut);
      slow = wait > 0 && now - last - wait < config.stallThreshold() * (now - last);
      if (slow) {
        setLast(row, now); // before the clock and the wait: an older report must not stop the clock
      }
      if (slow || (jump && wait > 0)) {
        boolean ran = isRunning(clock, out);
        if (!(ran ? tryKeep(row, clock) : tryStart(row, clock, out, runsOut))) {
          return false;
        }
        clock = Cells.readCounterAcquire(row, STALLS);
      }
      if (wait > 0 && !Cells.casCounter(row, WAITED, waited, waited + wait)) {
        return false;
      }
    } else if (!jump && out != 0) {
      long begins = Math.max(0, now - waited);
      if (!Cells.casGauge(row, BEGIN, begin, era(out) | begins)) {
        return false;
      }
    }
    boolean stop = (!slow || jump) && !overtaken && isRunning(clock, out) && now >= since(row);
    if (stop && !tryStop(row, clock, config, now)) {
      return false;
    }
    if (out == 0) {
      return Cells.casCounter(row, OUT, 0, media); // the first report: the viewer buffers
    }
    if (!jump) {
      return raiseOut(row, out, media);
    }
    if (playing) {
      Cells.raise(row, SINCE, now); // before the new era: see the reader
    }
    return Cells.casCounter(row, OUT, out, nextEra(out, begin) | media);
  }

  /** Returns false if the run has ended. */
  private static boolean raiseOut(long[] row, long seen, long media) {
    long out = seen;
    while (inEra(out) < media && era(out) == era(seen)) {
      if (Cells.casCounter(row, OUT, out, era(out) | media)) {
        return true;
      }
      if (Cells.isSealed(row, OUT)) {
        return false;
      }
      out = Cells.readCounterAcquire(row, OUT);
    }
    return true;
  }

  /**
   * Records a report without media. The speed decides whether the client is slow, until a viewer
   * has begun to play.
   *
   * @return false if the run has ended
   */
  static boolean recordNoMedia(long[] row, StatsConfig config, long now, double speed) {
    setLast(row, now);
    if (Cells.readGaugeAcquire(row, BEGIN) < 0) {
      return recordSpeed(row, config, now, speed);
    }
    setSpeed(row, speed);
    return !Cells.isSealed(row, OUT);
  }

  /** Sets the speed that readers get, and leaves the clock. */
  static void setSpeed(long[] row, double speed) {
    Cells.setGaugeRelease(row, SPEED, Double.doubleToRawLongBits(known(speed)));
  }

  /** Returns whether {@link #recordSpeed} needs the time: the clock could start or stop. */
  static boolean needsTime(long[] row, StatsConfig config, double speed) {
    return isSlow(known(speed), config)
        || isRunning(Cells.readCounterVolatile(row, STALLS), Cells.readCounterAcquire(row, OUT));
  }

  /**
   * Sets the speed, and starts or stops the clock by the speed alone.
   *
   * @param time {@link #NO_TIME_READ} only if {@link #needsTime} returned false
   * @return false if the run has ended
   */
  static boolean recordSpeed(long[] row, StatsConfig config, long time, double speed) {
    long now = Math.min(time, IN_ERA);
    double known = known(speed);
    if (known > 0 && Cells.readGaugeAcquire(row, BEGIN) == NOT_BEGUN) {
      Cells.casGauge(row, BEGIN, NOT_BEGUN, BEGUN_BY_SPEED);
    }
    Cells.setGaugeVolatile(row, SPEED, Double.doubleToRawLongBits(known));
    boolean slow = isSlow(known, config);
    boolean stopped = false;
    while (!Cells.isSealed(row, STALLS)) {
      long out = Cells.readCounterAcquire(row, OUT);
      long clock = Cells.readCounterVolatile(row, STALLS);
      boolean matches = isRunning(clock, out) == slow;
      if (!matches && slow) {
        // without a time, only a clock that this call has stopped can resume, from its old start
        boolean canStart = now != NO_TIME_READ || stopped;
        matches = !canStart || tryStart(row, clock, out, now);
      } else if (!matches) {
        matches = tryStop(row, clock, config, now);
        stopped |= matches;
      }
      boolean slowNow = isSlow(speedVolatile(row), config);
      if (matches && slowNow == slow) {
        return true;
      }
      slow = slowNow; // another writer stored this speed: the clock must match the speed
    }
    return false;
  }

  private static double known(double speed) {
    return speed > 0 && speed < Double.POSITIVE_INFINITY ? speed : 0.0;
  }

  private static boolean isSlow(double speed, StatsConfig config) {
    return speed > 0 && speed < config.stallThreshold();
  }

  /** Records that the process reported at this time. */
  static void setLast(long[] row, long time) {
    Cells.raise(row, LAST, Math.min(time, IN_ERA));
  }

  /**
   * Starts the clock, if the clock still has the value that the caller loaded. Call this method
   * only with a start that the caller computed from cells loaded after the clock.
   */
  private static boolean tryStart(long[] row, long clock, long out, long since) {
    if (Cells.readCounterVolatile(row, STALLS) != clock) {
      return false; // another writer has started the clock: its start must not rise
    }
    Cells.raise(row, SINCE, since); // each start is later than the start before
    long stopped = isOdd(clock) ? turn(clock) : clock; // a clock that started late, after its era
    return Cells.casCounter(row, STALLS, clock, era(out) | inEra(turn(stopped)));
  }

  /**
   * Takes two turns of a running clock, so that a report which judged before cannot stop the clock.
   */
  private static boolean tryKeep(long[] row, long clock) {
    return Cells.casCounter(row, STALLS, clock, turn(turn(clock)));
  }

  /** Stops a running clock, and counts a stall if the clock ran for longer than the duration. */
  private static boolean tryStop(long[] row, long clock, StatsConfig config, long now) {
    return Cells.casCounter(
        row, STALLS, clock, turn(clock) + (isStall(row, config, now) ? STALL : 0));
  }

  private static boolean isStall(long[] row, StatsConfig config, long now) {
    return now - since(row) > Saturating.toNanos(config.stallDuration());
  }

  private static long since(long[] row) {
    return Cells.readCounterAcquire(row, SINCE);
  }

  private static boolean isRunning(long clock, long out) {
    return isOdd(clock) && era(clock) == era(out);
  }

  private static boolean isOdd(long clock) {
    return (clock & 1) != 0;
  }

  private static long turn(long clock) {
    return (clock & -STALL) | ((clock + 1) & (STALL - 1));
  }

  /** Ends the run: counts a last stall and the wait up to now, and seals. */
  static void end(long[] row, StatsConfig config, long time) {
    long now = Math.min(time, IN_ERA);
    long out = Cells.seal(row, OUT);
    long begin = Cells.readGaugeAcquire(row, BEGIN);
    boolean playing = isPlaying(out, begin);
    while (!Cells.isSealed(row, STALLS)) {
      long clock = Cells.readCounterAcquire(row, STALLS);
      long runsOut = playing ? runsOut(out, begin, waitedNanos(row)) : Long.MAX_VALUE;
      if (!isRunning(clock, out) && runsOut < now) {
        tryStart(row, clock, out, runsOut); // then look again
      } else {
        boolean stall = isRunning(clock, out) && isStall(row, config, now);
        Cells.casSeal(row, STALLS, clock, clock + (stall ? STALL : 0)); // the clock keeps its state
      }
    }
    while (playing && !Cells.isSealed(row, WAITED)) {
      long waited = Cells.readCounterAcquire(row, WAITED);
      long wait = now - runsOut(out, begin, waited);
      if (wait <= 0) {
        break;
      }
      Cells.casCounter(row, WAITED, waited, waited + wait);
    }
    Cells.seal(row, WAITED);
  }

  private static boolean isPlaying(long out, long begin) {
    return begin >= 0 && era(begin) == era(out);
  }

  /** Returns when the media runs out. */
  private static long runsOut(long out, long begin, long waited) {
    return Saturating.add(Saturating.microsToNanos(inEra(out)), inEra(begin) + waited);
  }

  private static long era(long word) {
    return word & ERA;
  }

  /** Returns the next era, but never the era of an old begin, which would count again. */
  private static long nextEra(long out, long begin) {
    long next = (out + NEXT_ERA) & ERA;
    return begin >= 0 && era(begin) == next ? (next + NEXT_ERA) & ERA : next;
  }

  private static long inEra(long word) {
    return word & IN_ERA;
  }

  // Reading.

  static double speedVolatile(long[] row) {
    return Double.longBitsToDouble(Cells.readGaugeVolatile(row, SPEED));
  }

  /** Returns how often the clock stopped after more than the stall duration. */
  static long stalls(long[] row) {
    return inEra(Cells.readCounterAcquire(row, STALLS)) / STALL;
  }

  static long waitedNanos(long[] row) {
    return Cells.readCounterAcquire(row, WAITED);
  }

  /**
   * Returns whether the client is stalled.
   *
   * @param ofProcess whether the run began with a process
   * @param speed the speed, which the caller loaded before
   */
  static boolean isStalled(
      long[] row, Thresholds thresholds, long time, boolean ofProcess, double speed) {
    long now = Math.min(time, IN_ERA);
    long out = Cells.readCounterAcquire(row, OUT);
    long begin = Cells.readGaugeAcquire(row, BEGIN);
    long since = Long.MAX_VALUE; // not stalled
    if (isPlaying(out, begin)) {
      long runsOut = runsOut(out, begin, waitedNanos(row)); // before the clock
      since = Math.min(runsOut, clock(row, out));
    } else if (begin >= 0) {
      since = since(row); // the viewer buffers again since the jump
    } else if (ofProcess && (begin == NOT_BEGUN || out != 0)) {
      since = 0; // the process has not begun to play
    } else if (isSlow(speed, thresholds.config())) {
      since = clock(row, out);
    }
    return since < now && now - since > thresholds.stallNanos();
  }

  /** Returns the start of the clock; {@link Long#MAX_VALUE} if no clock runs in the era. */
  private static long clock(long[] row, long out) {
    return isRunning(Cells.readCounterVolatile(row, STALLS), out) ? since(row) : Long.MAX_VALUE;
  }

  static boolean isSilent(long[] row, Thresholds thresholds, long now) {
    return Math.min(now, IN_ERA) - Cells.readCounterAcquire(row, LAST) > thresholds.silenceNanos();
  }
}
