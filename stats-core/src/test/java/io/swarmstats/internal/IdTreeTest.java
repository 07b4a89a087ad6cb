package io.swarmstats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdTreeTest {

  private static final int[] EXTREMES = {
    Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -1, 0, 1, Integer.MAX_VALUE - 1, Integer.MAX_VALUE
  };

  record Value(int id, int version) {}

  private static IdTree<Value> empty() {
    return IdTree.empty(Value::id);
  }

  private static IdTree<Value> treeOf(int... ids) {
    IdTree<Value> tree = empty();
    for (int id : ids) {
      tree = tree.with(new Value(id, 0));
    }
    return tree;
  }

  private static List<Value> valuesOf(IdTree<Value> tree) {
    List<Value> values = new ArrayList<>();
    tree.forEach(values::add);
    return values;
  }

  private static int[] idsOf(IdTree<Value> tree) {
    return valuesOf(tree).stream().mapToInt(Value::id).toArray();
  }

  @Test
  void emptyTree_hasNothing() {
    assertThat(empty().size()).isZero();
    assertThat(empty().get(0)).isNull();
    assertThat(valuesOf(empty())).isEmpty();
    assertThat(empty().without(5).size()).isZero();
  }

  @Test
  void with_knownId_replacesTheValue() {
    IdTree<Value> tree = treeOf(1, 2, 3).with(new Value(2, 1));

    assertThat(tree.size()).isEqualTo(3);
    assertThat(tree.get(2)).isEqualTo(new Value(2, 1));
  }

  @Test
  void with_theOnlyId_replacesTheValue() {
    IdTree<Value> tree = treeOf(2).with(new Value(2, 1));

    assertThat(tree.size()).isEqualTo(1);
    assertThat(valuesOf(tree)).containsExactly(new Value(2, 1));
  }

  @Test
  void without_unknownId_isTheSameTree() {
    IdTree<Value> tree = treeOf(1, 2, 3, 1000);

    assertThat(tree.without(4)).isSameAs(tree);
    assertThat(tree.without(-1)).isSameAs(tree);
    assertThat(tree.without(2000)).isSameAs(tree);
  }

  @Test
  void without_lastId_isEmpty() {
    IdTree<Value> tree = treeOf(7).without(7);

    assertThat(tree.size()).isZero();
    assertThat(tree.get(7)).isNull();
    assertThat(valuesOf(tree)).isEmpty();
  }

  @Test
  void get_idsThatDifferInOneBit_areToldApart() {
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      IdTree<Value> tree = treeOf(0).with(new Value(1 << bit, 9));

      assertThat(tree.size()).isEqualTo(2);
      assertThat(tree.get(0)).isEqualTo(new Value(0, 0));
      assertThat(tree.get(1 << bit)).isEqualTo(new Value(1 << bit, 9));
      assertThat(tree.get(1 << (bit + 1) % Integer.SIZE)).isNull();
    }
  }

  @Test
  void forEach_extremes_isInOrderOfSignedIds() {
    IdTree<Value> tree = treeOf(0, Integer.MAX_VALUE, -1, 1, Integer.MIN_VALUE);

    assertThat(idsOf(tree)).containsExactly(Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 1023, 1024, 1025, 40_000})
  void forEach_denseIds_isAscendingWhateverTheOrderOfAddition(int size) {
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(shuffled, new Random(size));
    IdTree<Value> tree = treeOf(shuffled.stream().mapToInt(Integer::intValue).toArray());

    assertThat(tree.size()).isEqualTo(size);
    assertThat(idsOf(tree)).isEqualTo(IntStream.range(0, size).toArray());
  }

  @Test
  void without_allInAnyOrder_endsEmpty() {
    int[] ids = new Random(3).ints(5000).distinct().toArray();
    IdTree<Value> tree = treeOf(ids);
    for (int i = 0; i < ids.length; i++) {
      tree = tree.without(ids[i]);
      assertThat(tree.size()).isEqualTo(ids.length - 1 - i);
      assertThat(tree.get(ids[i])).isNull();
    }

    assertThat(valuesOf(tree)).isEmpty();
  }

  record Ids(String name, int seed, Random random, IntSupplier next) {

    int nextId() {
      return next.getAsInt();
    }

    @Override
    public String toString() {
      return name + ", seed " + seed;
    }
  }

  private static Ids ids(String name, int seed, Random random, IntSupplier next) {
    return new Ids(name, seed, random, next);
  }

  static Stream<Ids> idSources() {
    return IntStream.rangeClosed(1, 4).boxed().flatMap(seed -> {
      Random random = new Random(seed);
      return Stream.of(
          ids("dense", seed, random, () -> random.nextInt(300)),
          ids("around zero", seed, random, () -> random.nextInt(-150, 150)),
          ids("few", seed, random, () -> random.nextInt(3)),
          ids("far apart", seed, random, () -> random.nextInt(200) * 0x01000193),
          ids("anywhere", seed, random, () -> random.nextInt()),
          ids("multiples of 32", seed, random, () -> 32 * random.nextInt(-200, 200)),
          ids("at the ends", seed, random, () -> Integer.MAX_VALUE + random.nextInt(-100, 100)),
          ids("extremes", seed, random, () -> EXTREMES[random.nextInt(EXTREMES.length)]));
    });
  }

  @ParameterizedTest
  @MethodSource("idSources")
  void randomScript_agreesWithATreeMapAndLeavesOldTreesAlone(Ids ids) {
    IdTree<Value> tree = empty();
    TreeMap<Integer, Value> model = new TreeMap<>();
    List<IdTree<Value>> oldTrees = new ArrayList<>();
    List<TreeMap<Integer, Value>> oldModels = new ArrayList<>();

    for (int step = 0; step < 3000; step++) {
      int id = ids.nextId();
      if (ids.random().nextInt(5) < 3) {
        Value value = new Value(id, step);
        tree = tree.with(value);
        model.put(id, value);
      } else {
        tree = tree.without(id);
        model.remove(id);
      }
      int asked = ids.nextId();
      assertThat(tree.get(asked)).isEqualTo(model.get(asked));
      assertThat(tree.get(id)).isEqualTo(model.get(id));
      assertThat(tree.size()).isEqualTo(model.size());
      if (step % 100 == 0) {
        oldTrees.add(tree);
        oldModels.add(new TreeMap<>(model));
      }
    }

    oldTrees.add(tree);
    oldModels.add(model);
    for (int i = 0; i < oldTrees.size(); i++) {
      assertThat(valuesOf(oldTrees.get(i)))
          .containsExactlyElementsOf(oldModels.get(i).values());
      assertThat(oldTrees.get(i).size()).isEqualTo(oldModels.get(i).size());
    }
  }

  @ParameterizedTest
  @MethodSource("idSources")
  void parts_together_areTheTreeInItsOrder(Ids ids) {
    IdTree<Value> tree = empty();
    for (int i = 0; i < 2_000; i++) {
      tree = tree.with(new Value(ids.nextId(), i));
    }
    for (int most : new int[] {1, 2, 31, 32, 33, 1_000, 2_000, Integer.MAX_VALUE}) {
      List<IdTree<Value>> parts = tree.parts(most);

      assertThat(parts).allSatisfy(part -> {
        assertThat(part.size()).isBetween(1, most);
        assertThat(valuesOf(part)).hasSize(part.size());
      });
      assertThat(parts.stream().flatMap(part -> valuesOf(part).stream()))
          .containsExactlyElementsOf(valuesOf(tree));
    }
  }

  @Test
  void parts_ofTheEmptyTree_areNone() {
    assertThat(empty().parts(1)).isEmpty();
  }
}
