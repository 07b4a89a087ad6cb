package io.swarmstats.snapshot;

import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The leaf components of a record that has records as components. */
final class Leaves {

  /** Changes the value of one leaf. */
  interface Change {
    Object of(Object value);
  }

  private Leaves() {}

  /**
   * Returns one record for each leaf component: the given record with this component changed.
   *
   * @return by the path of the component, such as {@code requests.manifest}
   */
  static <R extends Record> Map<String, R> changed(R record, Change change) {
    Map<String, R> changed = new TreeMap<>();
    RecordComponent[] components = record.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Object value = valueOf(components[i], record);
      int at = i;
      if (value instanceof Record inner) {
        changed(inner, change)
            .forEach((path, with) ->
                changed.put(components[at].getName() + '.' + path, with(record, at, with)));
      } else {
        changed.put(components[i].getName(), with(record, i, change.of(value)));
      }
    }
    return changed;
  }

  private static Object valueOf(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @SuppressWarnings("unchecked") // the constructor of the same record
  private static <R extends Record> R with(R record, int index, Object value) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values =
        Arrays.stream(components).map(component -> valueOf(component, record)).toArray();
    values[index] = value;
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** Changes a value of any type of leaf to another one that is possible. */
  static Object another(Object value) {
    if (value instanceof Long number) {
      return number + 1;
    } else if (value instanceof Double number) {
      return number == 0 ? 0.5 : number / 2;
    } else if (value instanceof Boolean flag) {
      return !flag;
    } else if (value instanceof Duration duration) {
      return duration.plusSeconds(1);
    } else if (value instanceof Instant instant) {
      return instant.plusSeconds(1);
    } else if (value instanceof SortedMap<?, ?>) {
      return new TreeMap<>(Map.of(451, 1L));
    } else if (value instanceof LatencySnapshot latencies) {
      LatencyHistogram one = new LatencyHistogram();
      one.record(1);
      return latencies.plus(one.snapshot());
    }
    throw new AssertionError("no other value for " + value.getClass());
  }

  /** Lowers a number above 0 by one; other values stay. */
  static Object lowered(Object value) {
    if (value instanceof Long number) {
      return Math.max(0, number - 1);
    } else if (value instanceof Duration duration) {
      return duration.isZero() ? duration : duration.minusNanos(1);
    } else if (value instanceof SortedMap<?, ?> counts) {
      SortedMap<Object, Object> lowered = new TreeMap<>();
      lowered.putAll(counts);
      lowered.replaceAll((code, count) -> (Long) count - 1);
      return lowered;
    }
    return value;
  }
}
