package io.swarmstats;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tdunning.math.stats.TDigest;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.swarmstats.internal.Cells;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the library must not do, checked on its class files. For each rule, a class that breaks the
 * rule proves that the rule can fail.
 */
class ArchitectureTest {
  private static final JavaClasses LIBRARY =
      new ClassFileImporter().importPath(locationOf(ClientStats.class));

  private static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The packages of the library. A package may use only the packages after it in this list. */
  private static final List<String> PACKAGES = List.of(
      "io.swarmstats", "io.swarmstats.snapshot", "io.swarmstats.latency", "io.swarmstats.internal");

  private static final String SNAPSHOT = PACKAGES.get(1);
  private static final String LATENCY = PACKAGES.get(2);
  private static final String INTERNAL = PACKAGES.get(3);

  /** A rule, and sets of classes that break the rule. */
  private record Rule(ArchRule rule, List<Set<Class<?>>> offenders) {
    /** Creates a rule that each offender breaks alone. */
    Rule(ArchRule rule, Class<?>... offenders) {
      this(rule, Stream.of(offenders).<Set<Class<?>>>map(Set::of).toList());
    }

    @Override
    public String toString() {
      return rule.getDescription();
    }
  }

  static Stream<Rule> everyRule() {
    return Stream.of(
        new Rule(
            noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.io..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.util.logging..")
                    .or(assignableTo(System.Logger.class)))
                .orShould()
                .accessTargetWhere(member(System.class, Set.of("in", "out", "err", "console")))
                .as("the library does no I/O and does not log"),
            ReadsFile.class,
            OpensSocket.class,
            PrintsToOut.class,
            PrintsToErrByReference.class,
            Logs.class,
            LogsToSystem.class),
        new Rule(
            noClasses()
                .that(not(belongToAnyOf(SystemTimeSource.class)))
                .should()
                .accessTargetWhere(member(System.class, Set.of("nanoTime", "currentTimeMillis"))
                    .or(describe(
                        "now() of java.time",
                        access -> access.getTargetOwner().getPackageName().startsWith("java.time")
                            && access.getName().equals("now"))))
                .orShould()
                .dependOnClassesThat(assignableTo(InstantSource.class)
                    .or(assignableTo(Clock.class))
                    .or(assignableTo(Date.class))
                    .or(assignableTo(Calendar.class)))
                .as("only SystemTimeSource reads a clock"),
            ReadsNanoTime.class,
            ReadsMillisByReference.class,
            ReadsInstant.class,
            ReadsLocalDateTime.class,
            ReadsClock.class,
            ReadsDate.class),
        new Rule(
            noClasses()
                .should()
                .accessTargetWhere(describe(
                    "a member of Thread other than those of the current one",
                    access -> access.getTargetOwner().isAssignableTo(Thread.class)
                        && !Set.of("currentThread", "getId").contains(access.getName())))
                .orShould()
                .beAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.util.concurrent")
                    .and(
                        not(belongToAnyOf(ForkJoinPool.class, ForkJoinTask.class, Callable.class))))
                .orShould()
                .accessTargetWhere(describe(
                    "a member of ForkJoinPool that makes or fetches a pool",
                    access -> access.getTargetOwner().isEquivalentTo(ForkJoinPool.class)
                        && !Set.of("submit", "getParallelism").contains(access.getName())))
                .orShould()
                .dependOnClassesThat(assignableTo(java.util.Timer.class))
                .orShould()
                .accessTargetWhere(describe(
                    "a parallel stream",
                    access -> Set.of("parallel", "parallelStream").contains(access.getName())))
                .as(
                    "no thread is started, and no executor, timer or pool is used but the caller's"),
            StartsThread.class,
            IsThread.class,
            Sleeps.class,
            UsesExecutor.class,
            UsesCommonPool.class,
            MakesPool.class,
            UsesCompletableFuture.class,
            UsesTimer.class,
            UsesParallelStream.class,
            UsesConcurrentMap.class),
        new Rule(
            noMethods()
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .as("no method is synchronized"),
            HasSynchronizedMethod.class),
        new Rule(
            classes().should(haveNoMonitorEnter()).as("no block is synchronized"),
            HasSynchronizedBlock.class),
        new Rule(
            noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.concurrent.locks.."))
                .orShould()
                .accessTargetWhere(member(Object.class, Set.of("wait", "notify", "notifyAll")))
                .as("nothing waits or locks"),
            Locks.class,
            Parks.class,
            Waits.class),
        new Rule(
            noClasses()
                .should()
                .dependOnClassesThat(assignableTo(ThreadLocal.class))
                .as("nothing is kept per thread"),
            KeepsPerThread.class),
        new Rule(
            noClasses()
                .that()
                .resideOutsideOfPackage(INTERNAL)
                .should()
                .dependOnClassesThat(handlesOnMemory())
                .as("only io.swarmstats.internal uses VarHandle"),
            UsesVarHandle.class,
            Fences.class),
        new Rule(
            noClasses()
                .that(not(belongToAnyOf(Cells.class)))
                .should()
                .dependOnClassesThat(handlesOnMemory())
                .as("in io.swarmstats.internal only Cells uses VarHandle"),
            UsesVarHandle.class,
            Fences.class),
        noArrowUpFrom(SNAPSHOT, io.swarmstats.snapshot.RuleBreakers.UpwardDependency.class),
        noArrowUpFrom(LATENCY, io.swarmstats.latency.RuleBreakers.UpwardDependency.class),
        noArrowUpFrom(INTERNAL, io.swarmstats.internal.RuleBreakers.UpwardDependency.class),
        new Rule(
            slices()
                .assignedFrom(outermostClass())
                .should()
                .beFreeOfCycles()
                // TimeSource.system() returns its implementation
                .ignoreDependency(SystemTimeSource.class, TimeSource.class)
                .as("the dependencies of the classes form no cycle"),
            List.of(Set.of(HalfOfACycle.class, RuleBreakers.HalfOfACycle.class))),
        new Rule(
            classes()
                .that()
                .resideInAPackage(SNAPSHOT)
                .should(haveOnlyFieldsThatNeverChange())
                .as("every object in io.swarmstats.snapshot is immutable"),
            io.swarmstats.snapshot.RuleBreakers.ReassignedField.class,
            io.swarmstats.snapshot.RuleBreakers.MutableObject.class,
            io.swarmstats.snapshot.RuleBreakers.MutableList.class,
            io.swarmstats.snapshot.RuleBreakers.Array.class),
        new Rule(
            noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.lang.reflect.."))
                .orShould()
                .accessTargetWhere(describe(
                    "reflection",
                    access -> access.getTargetOwner().isEquivalentTo(Class.class)
                        && access
                            .getName()
                            .matches("forName|newInstance|get(Declared)?(Method|Field|Constructor|"
                                + "Class|RecordComponent)(s|es)?")))
                .orShould()
                .accessTargetWhere(describe(
                    "a method handle or private lookup",
                    access -> access.getTargetOwner().isEquivalentTo(MethodHandles.class)
                        && !access.getName().equals("arrayElementVarHandle")))
                .as("no reflection"),
            Reflects.class,
            LoadsByName.class,
            LooksUpPrivately.class),
        new Rule(
            classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "io.swarmstats..", "org.jspecify.annotations", "com.tdunning.math.stats")
                    .or(isInJavaBase()))
                .as("the library depends on java.base, jspecify and t-digest only"),
            Logs.class,
            DependsOnTestLibrary.class),
        new Rule(
            noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.swarmstats.latency.TDigestView")
                .should()
                .dependOnClassesThat(resideInAPackage("com.tdunning.."))
                .as("only TDigestView uses t-digest"),
            UsesTDigest.class));
  }

  private static Rule noArrowUpFrom(String from, Class<?> offender) {
    String[] above = PACKAGES.subList(0, PACKAGES.indexOf(from)).toArray(String[]::new);
    return new Rule(
        noClasses()
            .that()
            .resideInAPackage(from)
            .should()
            .dependOnClassesThat(resideInAnyPackage(above))
            .as(from + " does not depend on " + String.join(", ", above)),
        offender);
  }

  private static DescribedPredicate<JavaClass> handlesOnMemory() {
    return belongToAnyOf(VarHandle.class, MethodHandles.class)
        .or(resideInAnyPackage("sun.misc..", "jdk.internal.."));
  }

  private static SliceAssignment outermostClass() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return SliceIdentifier.of(nested < 0 ? name : name.substring(0, nested));
      }

      @Override
      public String getDescription() {
        return "outermost class";
      }
    };
  }

  /**
   * Maps and sets are allowed because the records copy their maps, and {@code FleetStats} changes
   * only its own copies. Tests of these classes show both.
   */
  private static ArchCondition<JavaClass> haveOnlyFieldsThatNeverChange() {
    Set<Class<?>> immutable = Set.of(
        String.class,
        Duration.class,
        Instant.class,
        Comparator.class,
        Map.class,
        SortedMap.class,
        SortedSet.class,
        LatencySnapshot.class);
    return new ArchCondition<>("have only final fields of immutable types") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaField field : type.getFields()) {
          JavaClass of = field.getRawType();
          boolean satisfied = field.getModifiers().contains(JavaModifier.FINAL)
              && (of.isPrimitive()
                  || of.getPackageName().equals(SNAPSHOT)
                  || immutable.stream().anyMatch(of::isEquivalentTo));
          events.add(new SimpleConditionEvent(field, satisfied, field.getFullName()));
        }
      }
    };
  }

  private static DescribedPredicate<JavaAccess<?>> member(Class<?> owner, Set<String> names) {
    return describe(
        owner.getSimpleName() + names,
        access ->
            access.getTargetOwner().isEquivalentTo(owner) && names.contains(access.getName()));
  }

  private static DescribedPredicate<JavaClass> isInJavaBase() {
    return describe("are in java.base", type -> {
      JavaClass element = type.getBaseComponentType();
      return element.isPrimitive()
          || (element.getPackageName().startsWith("java.")
              && element.reflect().getModule().equals(Object.class.getModule()));
    });
  }

  /**
   * The modifier reveals only synchronized methods. A synchronized block shows only in the
   * bytecode, which javap prints.
   */
  private static ArchCondition<JavaClass> haveNoMonitorEnter() {
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    return new ArchCondition<>("have no monitorenter") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        StringWriter code = new StringWriter();
        String classFile = Path.of(type.getSource().orElseThrow().getUri()).toString();
        int result =
            javap.run(new PrintWriter(code), new PrintWriter(code), "-c", "-private", classFile);
        assertThat(result).as(code.toString()).isZero();
        boolean satisfied = !code.toString().contains("monitorenter");
        events.add(new SimpleConditionEvent(type, satisfied, type.getName() + " has a monitor"));
      }
    };
  }

  @ParameterizedTest
  @MethodSource("everyRule")
  void library_keeps_the_rule(Rule rule) {
    assertThat(rule.rule().evaluate(LIBRARY).getFailureReport().getDetails()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("everyRule")
  void rule_finds_classes_that_break_it(Rule rule) {
    assertThat(rule.offenders()).isNotEmpty().allSatisfy(offenders -> {
      JavaClasses alone = new ClassFileImporter().importClasses(offenders);
      assertThat(alone).hasSize(offenders.size());
      assertThat(rule.rule().evaluate(alone).hasViolation()).isTrue();
    });
  }

  @Test
  void rules_are_applied_to_the_whole_library() {
    assertThat(LIBRARY)
        .extracting(JavaClass::getName)
        .contains(
            StatsAggregator.class.getName(),
            AggregatedStats.class.getName(),
            LatencySnapshot.class.getName(),
            Cells.class.getName());
    assertThat(LIBRARY.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(PACKAGES);
    assertThat(LIBRARY.contain(ArchitectureTest.class)).isFalse();
  }

  // classes that break the rules

  static final class HalfOfACycle {
    static boolean isOther(Object half) {
      return half instanceof RuleBreakers.HalfOfACycle;
    }
  }

  static final class ReadsFile {
    static boolean exists() {
      return java.nio.file.Files.exists(Path.of("."));
    }
  }

  static final class OpensSocket {
    static java.net.Socket open() {
      return new java.net.Socket();
    }
  }

  static final class PrintsToOut {
    static void print() {
      System.out.println();
    }
  }

  static final class PrintsToErrByReference {
    static final Runnable PRINT = System.err::println;
  }

  static final class Logs {
    static void log() {
      Logger.getGlobal().info("");
    }
  }

  static final class LogsToSystem {
    static void log() {
      System.getLogger("").log(System.Logger.Level.INFO, "");
    }
  }

  static final class ReadsNanoTime {
    static long read() {
      return System.nanoTime();
    }
  }

  static final class ReadsMillisByReference {
    static final java.util.function.LongSupplier CLOCK = System::currentTimeMillis;
  }

  static final class ReadsInstant {
    static long read() {
      return java.time.Instant.now().getEpochSecond();
    }
  }

  static final class ReadsLocalDateTime {
    static int read() {
      return LocalDateTime.now(ZoneOffset.UTC).getYear();
    }
  }

  static final class ReadsClock {
    static long read() {
      return Clock.systemUTC().millis();
    }
  }

  @SuppressWarnings("JavaUtilDate")
  static final class ReadsDate {
    static long read() {
      return new Date().getTime();
    }
  }

  static final class StartsThread {
    static void start() {
      new Thread(() -> {}).start();
    }
  }

  static final class IsThread extends Thread {}

  static final class Sleeps {
    static void sleep() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  static final class UsesExecutor {
    static void execute() {
      Executors.newCachedThreadPool().execute(() -> {});
    }
  }

  static final class UsesCommonPool {
    static int parallelism() {
      return ForkJoinPool.commonPool().getParallelism();
    }
  }

  static final class MakesPool {
    static int parallelism() {
      return new ForkJoinPool(2).getParallelism();
    }
  }

  static final class UsesCompletableFuture {
    static boolean isDone() {
      return CompletableFuture.runAsync(() -> {}).isDone();
    }
  }

  static final class UsesTimer {
    static void cancel() {
      new java.util.Timer().cancel();
    }
  }

  static final class UsesParallelStream {
    static long count() {
      return List.of(1).parallelStream().filter(i -> i > 0).count();
    }
  }

  static final class UsesConcurrentMap {
    static int size() {
      return new ConcurrentHashMap<Integer, Integer>().size();
    }
  }

  static final class HasSynchronizedMethod {
    static synchronized void lock() {}
  }

  static final class HasSynchronizedBlock {
    static int read(int[] guarded) {
      synchronized (guarded) {
        return guarded[0];
      }
    }
  }

  static final class Locks {
    static boolean lock() {
      return new ReentrantLock().tryLock();
    }
  }

  static final class Parks {
    static void park() {
      LockSupport.parkNanos(1);
    }
  }

  @SuppressWarnings("NotifyNotHoldingLock")
  static final class Waits {
    static void wake(Object sleeper) {
      sleeper.notifyAll();
    }
  }

  static final class KeepsPerThread {
    static final ThreadLocal<Integer> ROW = new ThreadLocal<>();
  }

  static final class UsesVarHandle {
    static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
  }

  static final class Fences {
    static void fence() {
      VarHandle.fullFence();
    }
  }

  static final class Reflects {
    static int methods() {
      return String.class.getMethods().length;
    }
  }

  static final class LoadsByName {
    static String load() throws ClassNotFoundException {
      return Class.forName("java.lang.String").getName();
    }
  }

  static final class LooksUpPrivately {
    static boolean isFull() throws IllegalAccessException {
      return MethodHandles.privateLookupIn(Reflects.class, MethodHandles.lookup())
          .hasFullPrivilegeAccess();
    }
  }

  @DisplayName("")
  static final class DependsOnTestLibrary {}

  static final class UsesTDigest {
    static double median(TDigest digest) {
      return digest.quantile(0.5);
    }
  }
}
