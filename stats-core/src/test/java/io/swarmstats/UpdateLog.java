package io.swarmstats;

import io.swarmstats.Sighting.Figure;
import java.util.List;

/**
 * The updates of one thread, in their order. Two words each, made beforehand: nothing is allocated
 * between two updates.
 */
final class UpdateLog {

  /** What was done, to a client or to the aggregator. */
  enum Update {
    MANIFEST,
    SEGMENT,
    INIT,
    UNKNOWN,
    RECONNECTION,
    TIMEOUT,
    NOT_FOUND,
    OTHER_ERROR,
    SIZE,
    INVALID,
    RESTART,
    BYTES,
    LINES,
    DRIFT,
    WALL_TIME,
    INVALID_WALL_TIME;

    private static final Update[] ALL = values();

    /** Returns the figures that it adds to if it is accepted. */
    List<Figure> figures() {
      return switch (this) {
        case MANIFEST -> List.of(Figure.MANIFEST_REQUESTS);
        case SEGMENT -> List.of(Figure.SEGMENT_REQUESTS);
        case INIT -> List.of(Figure.INIT_REQUESTS);
        case UNKNOWN -> List.of(Figure.UNKNOWN_REQUESTS);
        case RECONNECTION -> List.of(Figure.RECONNECTIONS);
        case TIMEOUT -> List.of(Figure.TIMEOUTS);
        case NOT_FOUND -> List.of(Figure.HTTP_ERRORS, Figure.HTTP_404);
        case OTHER_ERROR -> List.of(Figure.HTTP_ERRORS);
        case BYTES -> List.of(Figure.TOTAL_BYTES);
        case LINES ->
          List.of(
              Figure.PROGRESS_READ,
              Figure.PROGRESS_DROPPED,
              Figure.STDERR_READ,
              Figure.STDERR_DROPPED);
        case WALL_TIME -> List.of(Figure.WALL_TIMES);
        case SIZE, INVALID, RESTART, DRIFT, INVALID_WALL_TIME -> List.of();
      };
    }

    /** Returns whether the figures tell its acceptance, so that none can be lost unseen. */
    boolean showsIfAccepted() {
      return !figures().isEmpty();
    }

    /** Returns whether it is to one run of the client, and rejected once that has ended. */
    boolean isOfRun() {
      return this == BYTES || this == LINES || this == DRIFT;
    }
  }

  private static final int RESERVE = 1_000; // for those that come together

  private final int wanted;
  private final long[] words;
  private int size;

  UpdateLog(int wanted) {
    this.wanted = wanted;
    this.words = new long[2 * (wanted + RESERVE)];
  }

  boolean hasRoom() {
    return size < wanted;
  }

  int size() {
    return size;
  }

  /**
   * Logs one update.
   *
   * @param member the number of the client
   * @param amount what it adds; of lines a byte for each of the four
   */
  @SuppressWarnings("EnumOrdinal") // one byte of a word; not kept beyond the race
  void add(Update update, int member, int start, int end, int amount) {
    words[2 * size] = (long) start << Integer.SIZE | end;
    words[2 * size + 1] = (long) (member << Byte.SIZE | update.ordinal()) << Integer.SIZE | amount;
    size++;
  }

  int start(int i) {
    return (int) (words[2 * i] >>> Integer.SIZE);
  }

  int end(int i) {
    return (int) words[2 * i];
  }

  Update update(int i) {
    return Update.ALL[(int) (words[2 * i + 1] >>> Integer.SIZE) & 0xff];
  }

  int member(int i) {
    return (int) (words[2 * i + 1] >>> (Integer.SIZE + Byte.SIZE));
  }

  /** Returns what an update added to the figure at an index of its figures. */
  int amount(int i, int figure) {
    int amount = (int) words[2 * i + 1];
    return update(i) == Update.LINES ? amount >>> (figure * Byte.SIZE) & 0xff : amount;
  }
}
