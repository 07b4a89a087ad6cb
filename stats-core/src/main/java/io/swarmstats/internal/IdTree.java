package io.swarmstats.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/*
 * A radix tree [1]. Each level branches on five bits of the id, from the top. The tree leaves out
 * every level on which all ids below agree. A leaf is the value itself.
 *
 * A key is an id with the sign bit flipped. The unsigned order of keys is the signed order of ids.
 * A walk in the order of children therefore visits the values in ascending order of their ids. A
 * swarm usually creates its clients in this order.
 *
 * Publication. Nodes never change, and all their fields are final. A thread that gets a tree by any
 * means sees the whole tree. The tree needs no other memory order.
 *
 * [1] C. Okasaki, A. Gill: Fast Mergeable Integer Maps. Workshop on ML, 1998. (There a branch has
 * two children.)
 */

/**
 * An immutable map from {@code int} ids to values that know their ids.
 *
 * <p>A change returns a new tree, which shares all nodes except one path with the old tree: O(log
 * n), at most 7 new branches.
 *
 * @param <V> the type of the values
 */
public final class IdTree<V> {

  private static final int LEVEL_BITS = 5;
  private static final int LEVEL_MASK = (1 << LEVEL_BITS) - 1;

  private final ToIntFunction<? super V> idOf;
  private final @Nullable Object root; // null, a Branch, or the only value

  private IdTree(ToIntFunction<? super V> idOf, @Nullable Object root) {
    this.idOf = idOf;
    this.root = root;
  }

  /**
   * Returns an empty tree.
   *
   * @param idOf returns the id of a value; the id of a value must never change
   */
  public static <V> IdTree<V> empty(ToIntFunction<? super V> idOf) {
    return new IdTree<>(idOf, null);
  }

  /** Returns the number of values. O(1). */
  public int size() {
    return sizeOf(root);
  }

  /** Returns the value under an id, or null if there is none. O(log n). */
  public @Nullable V get(int id) {
    int key = key(id);
    Object node = root;
    while (node instanceof Branch branch) {
      if (!branch.covers(key)) {
        return null;
      }
      node = branch.child(key);
    }
    return node != null && keyOf(node) == key ? value(node) : null;
  }

  /**
   * Returns a tree with one more value. The value replaces the value under the same id, if there is
   * one.
   */
  public IdTree<V> with(V value) {
    return new IdTree<>(idOf, root == null ? value : insert(root, keyOf(value), value));
  }

  /** Returns a tree without the value under an id, or this tree if there is no such value. */
  public IdTree<V> without(int id) {
    if (root == null || get(id) == null) {
      return this;
    }
    return new IdTree<>(idOf, remove(root, key(id)));
  }

  /**
   * Returns trees that together contain the values of this tree, each value once. The order of the
   * trees is the order of their ids. The trees share all nodes with this tree.
   *
   * @param most the most values of a tree, at least 1
   */
  public List<IdTree<V>> parts(int most) {
    List<IdTree<V>> parts = new ArrayList<>();
    if (root != null) {
      addParts(parts, root, most);
    }
    return parts;
  }

  private void addParts(List<IdTree<V>> parts, Object node, int most) {
    if (node instanceof Branch branch && branch.size > most) {
      for (Object child : branch.children) {
        addParts(parts, child, most);
      }
    } else {
      parts.add(new IdTree<>(idOf, node));
    }
  }

  /** Passes every value to the action, in ascending order of ids. */
  public void forEach(Consumer<? super V> action) {
    forEach(null, action);
  }

  /**
   * Passes every value to the action, in ascending order of ids, with look-ahead.
   *
   * <p>The walk passes the values of a branch, at most 32, to {@code ahead} before it passes the
   * first of these values to {@code action}.
   *
   * @param ahead gets each value of a branch first; null for no look-ahead. A tree of one value has
   *     no branch, so {@code ahead} then gets nothing
   */
  public void forEach(@Nullable Consumer<? super V> ahead, Consumer<? super V> action) {
    if (root instanceof Branch branch) {
      walk(branch, ahead, action);
    } else if (root != null) {
      action.accept(value(root));
    }
  }

  private void walk(
      Branch branch, @Nullable Consumer<? super V> ahead, Consumer<? super V> action) {
    if (ahead != null) {
      for (Object child : branch.children) {
        if (!(child instanceof Branch)) {
          ahead.accept(value(child));
        }
      }
    }
    for (Object child : branch.children) {
      if (child instanceof Branch lower) {
        walk(lower, ahead, action);
      } else {
        action.accept(value(child));
      }
    }
  }

  private Object insert(Object node, int key, V value) {
    if (node instanceof Branch branch) {
      if (branch.covers(key)) {
        Object child = branch.child(key);
        return branch.with(key, child == null ? value : insert(child, key, value));
      }
      return Branch.join(branch.prefix, branch, key, value);
    }
    int other = keyOf(node);
    return other == key ? value : Branch.join(other, node, key, value);
  }

  private @Nullable Object remove(Object node, int key) {
    if (node instanceof Branch branch) {
      Object child = branch.child(key);
      Object rest = child == null ? null : remove(child, key);
      return rest == null ? branch.without(key) : branch.with(key, rest);
    }
    return null;
  }

  private int keyOf(Object leaf) {
    return key(idOf.applyAsInt(value(leaf)));
  }

  @SuppressWarnings("unchecked") // a node that is no Branch is a value from with(V)
  private V value(Object leaf) {
    return (V) leaf;
  }

  private static int sizeOf(@Nullable Object node) {
    if (node instanceof Branch branch) {
      return branch.size;
    }
    return node == null ? 0 : 1;
  }

  private static int key(int id) {
    return id ^ Integer.MIN_VALUE;
  }

  /**
   * A node with two or more children, in the order of their keys. The size is the number of values.
   *
   * <p>The keys below the branch have the same bits as {@code prefix} from bit {@code shift + 5}
   * upwards. The five bits from {@code shift} upwards select the child.
   */
  private static final class Branch {

    final int prefix;
    final int shift;
    final int bitmap;
    final int size;
    final Object[] children;

    Branch(int prefix, int shift, int bitmap, int size, Object[] children) {
      this.prefix = prefix;
      this.shift = shift;
      this.bitmap = bitmap;
      this.size = size;
      this.children = children;
    }

    /** Returns the lowest branch above two nodes whose keys differ. */
    static Branch join(int key1, Object node1, int key2, Object node2) {
      int highestDifferentBit = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(key1 ^ key2);
      int shift = highestDifferentBit / LEVEL_BITS * LEVEL_BITS;
      int bitmap = bit(key1, shift) | bit(key2, shift);
      boolean inOrder = Integer.compareUnsigned(key1, key2) < 0;
      Object[] children = inOrder ? new Object[] {node1, node2} : new Object[] {node2, node1};
      return new Branch(key1, shift, bitmap, sizeOf(node1) + sizeOf(node2), children);
    }

    private static int bit(int key, int shift) {
      return 1 << (key >>> shift & LEVEL_MASK);
    }

    boolean covers(int key) {
      int agreeing = shift + LEVEL_BITS;
      return agreeing >= Integer.SIZE || (key ^ prefix) >>> agreeing == 0;
    }

    @Nullable
    Object child(int key) {
      int bit = bit(key, shift);
      return (bitmap & bit) == 0 ? null : children[indexOf(bit)];
    }

    Branch with(int key, Object child) {
      int bit = bit(key, shift);
      int index = indexOf(bit);
      int others = size;
      Object[] copy;
      if ((bitmap & bit) != 0) {
        others -= sizeOf(children[index]);
        copy = children.clone();
      } else {
        copy = new Object[children.length + 1];
        System.arraycopy(children, 0, copy, 0, index);
        System.arraycopy(children, index, copy, index + 1, children.length - index);
      }
      copy[index] = child;
      return new Branch(prefix, shift, bitmap | bit, others + sizeOf(child), copy);
    }

    /** Returns this branch without a child. If only one child is left, returns this child. */
    Object without(int key) {
      int bit = bit(key, shift);
      int index = indexOf(bit);
      if (children.length == 2) {
        return children[1 - index];
      }
      Object[] copy = Arrays.copyOf(children, children.length - 1);
      System.arraycopy(children, index + 1, copy, index, copy.length - index);
      int others = size - sizeOf(children[index]);
      return new Branch(prefix, shift, bitmap & ~bit, others, copy);
    }

    private int indexOf(int bit) {
      return Integer.bitCount(bitmap & (bit - 1));
    }
  }
}
