package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.internal.ExactMean;
import io.swarmstats.internal.IdTree;
import io.swarmstats.internal.Saturating;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * An experiment: the rows of 32 clients that were made one after another lie in one {@code long[]},
 * so that neither churn nor a collector can part them, and a snapshot walks these blocks in the
 * order of their creation.
 *
 * <p>It is the best that such a layout could do. What its walk reads it reads as the library does:
 * the same cells in the same order and mode, the same sums and judgements. But only one thread may
 * use it, and what would make it a library is left out: recording and the handles for it, restarts
 * (a client's cells are copied here once it has recorded, with the sums of its earlier runs, which
 * a restart would have to change in one step with those of its run), the totals and the live
 * clients as one instant, a config for each client. So is the hard part. A handle keeps the whole
 * block of its client from the collector, and no place can be used a second time while the handle
 * of its first client may still be held: a late update would be counted for the second one. With
 * places that are used once, half of each block is dead memory when half of its clients have
 * departed at random. In a steady churn a block goes when the last of its clients does: where
 * lifetimes are memoryless that takes 1 + 1/2 + ... + 1/32 of them, about four, so that three
 * quarters of the memory are dead. The benchmark does not show this: it replaces each client once,
 * and leaves full blocks.
 *
 * <p>Stands in the library's package because it names the cells one by one.
 */
public final class BlockSwarm {

  private static final int PLACES = Integer.SIZE; // of a block: each has its bit

  // the cells of a client: its life, its run, the sums of its earlier runs, its start
  private static final int RUN = ClientStats.PEAK_DROP_RATE + 1;
  private static final int BASE = RUN + ProcessRun.DRIFT + 1;
  private static final int START = BASE + ProcessRun.STDERR_DROPPED + 1;
  private static final int CELLS = START + 1;

  private final StatsConfig config;
  private final Totals departed = new Totals();
  private final Map<Integer, Integer> placeOf = new HashMap<>();
  private IdTree<Block> blocks = IdTree.empty(Block::number);
  private int placesUsed;

  /** The rows of 32 clients. */
  private static final class Block {
    final int number;
    int live; // a bit for each place
    final long[] cells = new long[PLACES * CELLS];
    final long[][] httpErrors = new long[PLACES][];

    Block(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /** Creates a swarm without clients. */
  public BlockSwarm(StatsConfig config) {
    this.config = config;
  }

  /**
   * Copies the cells of a client into the next place. One that is known under its id is replaced.
   */
  public void add(ClientStats client) {
    int place = placesUsed++;
    Integer replaced = placeOf.put(client.clientId(), place);
    if (replaced != null) {
      remove(replaced);
    }
    Block block = blocks.get(place / PLACES);
    if (block == null) {
      block = new Block(place / PLACES);
      blocks = blocks.with(block);
    }
    int i = place % PLACES;
    int at = i * CELLS;
    ProcessRun run = client.currentRun();
    System.arraycopy(client.row, 0, block.cells, at, client.row.length);
    System.arraycopy(run.row, 0, block.cells, at + RUN, run.row.length);
    System.arraycopy(run.base, 0, block.cells, at + BASE, run.base.length);
    block.cells[at + START] = config.timeSource().nanoTime() - client.uptime().toNanos();
    block.httpErrors[i] = client.httpErrors;
    block.live |= 1 << i;
  }

  private void remove(int place) {
    Block block = Objects.requireNonNull(blocks.get(place / PLACES));
    new Walk(config, departed).read(block, place % PLACES);
    block.live &= ~(1 << place % PLACES);
    if (block.live == 0) {
      blocks = blocks.without(block.number);
    }
  }

  /** Reads all live clients: what is measured. */
  public Object aggregate() {
    return walk();
  }

  private Walk walk() {
    Walk walk = new Walk(config, departed.copy());
    blocks.forEach(walk);
    return walk;
  }

  /**
   * Checks that a walk finds what the library found in the same clients.
   *
   * @throws IllegalStateException if it does not: then its time says nothing of the library
   */
  public void check(AggregatedStats shipped) {
    Walk walk = walk();
    AggregatedStats.Clients clients = shipped.clients();
    Totals totals = walk.totals;
    same(shipped.requests(), totals.requests());
    same(shipped.errors(), totals.errors());
    same(shipped.totalBytes(), totals.totalBytes);
    same(shipped.rejectedUpdates(), totals.rejectedUpdates);
    same(
        shipped.pipeline().progress(),
        new AggregatedStats.Pipeline.Lines(totals.progressRead, totals.progressDropped));
    same(
        shipped.pipeline().stderr(),
        new AggregatedStats.Pipeline.Lines(totals.stderrRead, totals.stderrDropped));
    same(shipped.pipeline().peakDropRate(), totals.peakDropRate);
    same(shipped.playback().maxDrift(), Duration.ofNanos(totals.maxDriftNanos));
    same(shipped.playback().averageDrift(), Duration.ofNanos(walk.drifts.floor()));
    same(shipped.playback().averageLag(), Duration.ofNanos(walk.lags.floor()));
    // the speeds were added in another order
    double averageSpeed = walk.scaledSpeeds / (walk.aboveRealtime + walk.belowRealtime) * 0x1p32;
    same((float) shipped.playback().averageSpeed(), (float) averageSpeed);
    same(shipped.uptimes().min(), Duration.ofNanos(walk.minUptime));
    same(shipped.uptimes().max(), Duration.ofNanos(walk.maxUptime));
    same(shipped.uptimes().average(), Duration.ofNanos(walk.uptimes.floor()));
    same(
        clients,
        new AggregatedStats.Clients(
            (int) walk.uptimes.count(),
            clients.peakActive(),
            placesUsed,
            walk.stalled,
            walk.aboveRealtime,
            walk.belowRealtime,
            walk.unknownSpeed,
            (int) walk.drifts.count(),
            (int) walk.lags.count(),
            walk.highDrift,
            walk.withDrops,
            walk.degraded));
  }

  private static void same(Object shown, Object found) {
    if (!shown.equals(found)) {
      throw new IllegalStateException("the library shows " + shown + ", the blocks " + found);
    }
  }

  /** {@link Aggregation} and what it calls, over blocks. */
  private static final class Walk implements Consumer<Block> {

    final StatsConfig config;
    final long stallNanos;
    final long highDriftNanos;
    final long nanoTime;
    final Totals totals;
    int stalled;
    int aboveRealtime;
    int belowRealtime;
    int unknownSpeed;
    int highDrift;
    int withDrops;
    int degraded;
    double scaledSpeeds;
    final ExactMean drifts = new ExactMean();
    final ExactMean lags = new ExactMean();
    final ExactMean uptimes = new ExactMean();
    long minUptime = Long.MAX_VALUE;
    long maxUptime;

    Walk(StatsConfig config, Totals totals) {
      this.config = config;
      this.stallNanos = Saturating.toNanos(config.stallDuration());
      this.highDriftNanos = Saturating.toNanos(config.highDriftThreshold());
      this.nanoTime = config.timeSource().nanoTime();
      this.totals = totals;
    }

    @Override
    public void accept(Block block) {
      for (int live = block.live; live != 0; live &= live - 1) {
        read(block, Integer.numberOfTrailingZeros(live));
      }
    }

    void read(Block block, int place) {
      long[] cells = block.cells;
      int life = place * CELLS;
      int run = life + RUN;
      readSpeed(cells, life);
      long drift = Cells.getAcquire(cells, run + ProcessRun.DRIFT);
      if (ProcessRun.isDrift(drift)) {
        drifts.add(drift);
        if (drift > 0) {
          lags.add(drift);
        }
        if (drift > highDriftNanos) {
          highDrift++;
        }
      }
      readLines(cells, life);

      totals.addHttpErrors(block.httpErrors[place]);
      totals.timeouts += Cells.readAcquire(cells, life + ClientStats.TIMEOUTS);
      totals.reconnections += Cells.readAcquire(cells, life + ClientStats.RECONNECTIONS);
      totals.manifestRequests += Cells.readAcquire(cells, life + ClientStats.MANIFEST_REQUESTS);
      totals.segmentRequests += Cells.readAcquire(cells, life + ClientStats.SEGMENT_REQUESTS);
      totals.initRequests += Cells.readAcquire(cells, life + ClientStats.INIT_REQUESTS);
      totals.unknownRequests += Cells.readAcquire(cells, life + ClientStats.UNKNOWN_REQUESTS);
      totals.raiseMaxDrift(Cells.readAcquire(cells, life + ClientStats.MAX_DRIFT));
      totals.raisePeakDropRate(
          Double.longBitsToDouble(Cells.readAcquire(cells, life + ClientStats.PEAK_DROP_RATE)));
      totals.rejectedUpdates += Cells.readAcquire(cells, life + ClientStats.REJECTED);

      long uptime = Math.max(0, nanoTime - cells[life + START]);
      uptimes.add(uptime);
      minUptime = Math.min(minUptime, uptime);
      maxUptime = Math.max(maxUptime, uptime);
    }

    private void readSpeed(long[] cells, int life) {
      double speed =
          Double.longBitsToDouble(Cells.getVolatile(cells, life + RUN + ProcessRun.SPEED));
      if (speed == 0) {
        unknownSpeed++;
        return;
      }
      scaledSpeeds += speed * 0x1p-32;
      if (speed >= 1.0) {
        aboveRealtime++;
      } else {
        belowRealtime++;
      }
      if (speed < config.stallThreshold()) {
        long clock = Cells.getVolatile(cells, life + RUN + ProcessRun.STALL_CLOCK);
        long sinceStart = Math.max(0, nanoTime - cells[life + START]); // as near as the run's
        if (clock >= 0 && sinceStart - clock > stallNanos) {
          stalled++;
        }
      }
    }

    private void readLines(long[] cells, int life) {
      long stderrDropped = total(cells, life, ProcessRun.STDERR_DROPPED);
      long progressDropped = total(cells, life, ProcessRun.PROGRESS_DROPPED);
      long stderrRead = total(cells, life, ProcessRun.STDERR_READ);
      long progressRead = total(cells, life, ProcessRun.PROGRESS_READ);
      double rate = DropRate.of(progressDropped, stderrDropped, progressRead, stderrRead);
      if (rate > 0) {
        withDrops++;
        if (rate > config.dropThreshold()) {
          degraded++;
        }
      }
      totals.addStderrLines(stderrRead, stderrDropped);
      totals.addProgressLines(progressRead, progressDropped);
      totals.addBytes(total(cells, life, ProcessRun.BYTES));
    }

    private static long total(long[] cells, int life, int level) {
      return Saturating.add(
          cells[life + BASE + level], Cells.readAcquire(cells, life + RUN + level));
    }
  }
}
