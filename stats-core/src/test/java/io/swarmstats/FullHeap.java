package io.swarmstats;

import org.jspecify.annotations.Nullable;

/**
 * Fills the heap of this JVM, and empties it again. Use it in a JVM of its own ({@link OtherJvm}),
 * with a small heap.
 */
public final class FullHeap {

  private static Object @Nullable [] chain; // keeps what fills the heap

  private FullHeap() {}

  /** Fills the heap with ever smaller objects, until there is no room for the smallest one. */
  public static void fill() {
    for (int size = 4_096; size > 0; size /= 8) {
      try {
        while (true) {
          Object[] next = new Object[size];
          next[0] = chain;
          chain = next;
        }
      } catch (OutOfMemoryError e) {
        // goes on with smaller objects
      }
    }
  }

  /** Lets the collector free what {@link #fill} allocated. */
  public static void empty() {
    chain = null;
  }
}
