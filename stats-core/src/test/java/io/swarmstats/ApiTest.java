package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.FleetStats;
import io.swarmstats.snapshot.NodeStats;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules for every public method of every public class. */
class ApiTest {

  private static final Set<String> EXPORTED =
      Set.of("io.swarmstats", "io.swarmstats.latency", "io.swarmstats.snapshot");

  private static final List<Class<?>> API = new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.swarmstats")
          .stream()
          .filter(type -> EXPORTED.contains(type.getPackageName()))
          .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
          .<Class<?>>map(JavaClass::reflect)
          .toList();

  private static final AggregatedStats SNAPSHOT = snapshot();

  private static AggregatedStats snapshot() {
    StatsAggregator swarm = new StatsAggregator();
    swarm.addClient(1).recordHttpError(404);
    swarm.recordSegmentWallTime(1);
    return swarm.aggregate();
  }

  /** Returns an object of a type that a public method takes or belongs to. */
  private static Object sample(Class<?> type) {
    Map<Class<?>, Object> primitives =
        Map.of(int.class, 1, long.class, 1L, double.class, 0.5, boolean.class, false);
    if (type.isPrimitive()) {
      return Objects.requireNonNull(primitives.get(type));
    }
    StatsAggregator swarm = new StatsAggregator();
    ClientStats client = swarm.addClient(1);
    return Stream.of(
            swarm,
            client,
            client.currentRun(),
            client.summary(),
            swarm.newReader(),
            new LatencyHistogram(),
            StatsConfig.defaults(),
            TimeSource.system(),
            new ManualTimeSource(),
            SNAPSHOT,
            SNAPSHOT.clients(),
            SNAPSHOT.requests(),
            SNAPSHOT.errors(),
            SNAPSHOT.playback(),
            SNAPSHOT.pipeline(),
            SNAPSHOT.pipeline().progress(),
            SNAPSHOT.uptimes(),
            SNAPSHOT.segmentWallTimes(),
            SNAPSHOT.segmentWallTimes().buckets().get(0),
            SNAPSHOT.segmentWallTimes().percentileBounds(0.5),
            SNAPSHOT.segmentWallTimes().centroids(100).get(0),
            SNAPSHOT.since(SNAPSHOT),
            SNAPSHOT.sinceStart(),
            Duration.ZERO,
            Instant.EPOCH,
            new TreeMap<Integer, Long>(),
            List.of(),
            "text",
            new NodeStats("node", SNAPSHOT),
            FleetStats.empty(),
            (Predicate<Object>) ignored -> true,
            (Consumer<Object>) ignored -> {})
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no sample of " + type));
  }

  static Stream<Arguments> everyReferenceParameter() {
    return API.stream()
        .flatMap(type -> Stream.concat(
            Arrays.stream(type.getConstructors()), Arrays.stream(type.getDeclaredMethods())))
        .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
        .filter(member -> !member.getName().equals("equals"))
        .flatMap(member -> Arrays.stream(member.getParameters())
            .filter(parameter -> !parameter.getType().isPrimitive())
            .map(parameter -> argumentSet(member.toString() + " " + parameter, member, parameter)));
  }

  @ParameterizedTest
  @MethodSource("everyReferenceParameter")
  void null_isRejectedByName(Executable member, Parameter parameter) {
    @Nullable
    Object[] arguments = Arrays.stream(member.getParameters())
        .map(other -> other.equals(parameter) ? null : sample(other.getType()))
        .toArray();

    assertThatThrownBy(() -> call(member, arguments))
        .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class)
        .hasMessageContaining(
            parameter.isNamePresent() ? parameter.getName() + " must " : " must ");
  }

  private static void call(Executable member, @Nullable Object[] arguments) throws Throwable {
    try {
      if (member instanceof Constructor<?> constructor) {
        constructor.newInstance(arguments);
      } else if (member instanceof Method method) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        method.invoke(isStatic ? null : sample(method.getDeclaringClass()), arguments);
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  static Stream<Class<?>> everyType() {
    return API.stream();
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void type_isFinalOrAnInterface(Class<?> type) {
    assertThat(Modifier.isFinal(type.getModifiers()) || type.isInterface()).isTrue();
  }

  /** A modifiable collection would let one consumer change the figures of another. */
  @Test
  void collections_areUnmodifiable() {
    StatsAggregator swarm = new StatsAggregator();
    ClientStats client = swarm.addClient(1);
    client.recordHttpError(404);
    TreeMap<Integer, Long> given = new TreeMap<>(Map.of(404, 1L));
    Errors errors = new Errors(given, 0, 0);
    given.put(500, 1L);

    assertThat(errors.http()).containsOnlyKeys(404);
    List<Map<Integer, Long>> maps =
        List.of(errors.http(), client.httpErrors(), SNAPSHOT.errors().http());
    assertThat(maps)
        .allSatisfy(map ->
            assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class));
    List<Collection<?>> lists = List.of(
        swarm.clientSummaries(),
        SNAPSHOT.segmentWallTimes().buckets(),
        SNAPSHOT.segmentWallTimes().centroids(100),
        SNAPSHOT.figures(),
        FleetStats.of(List.of(new NodeStats("node", SNAPSHOT))).nodes());
    assertThat(lists)
        .allSatisfy(list ->
            assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class));
  }

  /** People read these texts in a log: one line, no array, no object hash. */
  @Test
  void toString_isReadable() {
    assertThat(List.of(SNAPSHOT, new StatsAggregator().addClient(1).summary()))
        .extracting(Object::toString)
        .allSatisfy(text -> assertThat(text)
            .doesNotContain("@", "\n")
            .contains("http={")
            .containsPattern("requests=Requests\\[manifest=0"));
    assertThat(SNAPSHOT.toString()).contains("segmentWallTimes=LatencySnapshot[count=1, min=PT0.");
  }
}
