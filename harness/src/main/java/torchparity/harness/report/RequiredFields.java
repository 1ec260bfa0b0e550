package torchparity.harness.report;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks through records that were read for nulls where their declarations allow none. */
final class RequiredFields {
  private RequiredFields() {}

  /**
   * The first field below {@code value} that is null and not {@link Nullable}, such as {@code a.b}.
   */
  static Optional<String> missing(Object value) {
    if (value instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        Optional<String> missing = missing(record, component);
        if (missing.isPresent()) {
          return missing;
        }
      }
    } else if (value instanceof Map<?, ?> map) {
      return missingIn(map.values());
    } else if (value instanceof Collection<?> items) {
      return missingIn(items);
    }
    return Optional.empty();
  }

  private static Optional<String> missing(Record record, RecordComponent component) {
    Object held = held(record, component);
    if (held != null) {
      return missing(held).map(below -> component.getName() + "." + below);
    }
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        ? Optional.empty()
        : Optional.of(component.getName());
  }

  private static Optional<String> missingIn(Collection<?> items) {
    int i = 0;
    for (Object item : items) {
      String at = String.valueOf(i++);
      Optional<String> missing =
          item == null ? Optional.of(at) : missing(item).map(below -> at + "." + below);
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }

  private static @Nullable Object held(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the records of a document are public", e);
    }
  }
}
