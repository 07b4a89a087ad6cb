package io.swarmstats;

import io.swarmstats.Sighting.Figure;
import java.util.List;

/**
 * The updates of one thread, in order. An update takes two longs of an array that exists before the
 * race, so logging allocates nothing.
 */
final class UpdateLog {

  /** The kinds of update of a client or of the aggregator. */
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
    MEDIA,
    WALL_TIME,
    INVALID_WALL_TIME;

    private static final Update[] ALL = values();

    /** Returns the figures that an accepted update adds to. */
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
        case SIZE -> List.of(Figure.DOWNLOADED_BYTES);
        case RESTART -> List.of(Figure.PROCESS_STARTS);
        case LINES ->
          List.of(
              Figure.PROGRESS_READ,
              Figure.PROGRESS_DROPPED,
              Figure.STDERR_READ,
              Figure.STDERR_DROPPED);
        case WALL_TIME -> List.of(Figure.WALL_TIMES);
        case INVALID, DRIFT, MEDIA, INVALID_WALL_TIME -> List.of();
      };
    }

    /**
     * Returns whether an accepted update shows in a figure, so that no such update can be lost
     * unseen.
     */
    boolean showsIfAccepted() {
      return !figures().isEmpty();
    }

    /**
     * Returns whether the update belongs to one run of the client and is rejected after the end of
     * this run.
     */
    boolean isOfRun() {
      return this == BYTES || this == LINES || this == DRIFT || this == MEDIA;
    }
  }

  private static final int RESERVE = 1_000; // for updates that are logged together

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
   * @param amount the amount that the update adds; for lines, one byte per line count
   */
  @SuppressWarnings("EnumOrdinal") // one byte of a long; not kept after the race
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

  /** Returns the amount that an update added to one of its figures, chosen by index. */
  int amount(int i, int figure) {
    int amount = (int) words[2 * i + 1];
    return update(i) == Update.LINES ? amount >>> (figure * Byte.SIZE) & 0xff : amount;
  }
}
