package torchparity.cases;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands in a YAML text; as a link to what surrounds it, since the pointers of a
 * deep text together are far longer than the text.
 *
 * @param around what surrounds it, or null for the whole
 * @param name field or index
 */
record YamlPlace(@Nullable YamlPlace around, String name) {
  static final YamlPlace WHOLE = new YamlPlace(null, "");

  YamlPlace of(String field) {
    return new YamlPlace(this, field);
  }

  YamlPlace of(int index) {
    return of(String.valueOf(index));
  }

  /** As a JSON pointer, names as they are. */
  String pointer() {
    Deque<String> names = new ArrayDeque<>();
    for (YamlPlace place = this; place.around != null; place = place.around) {
      names.addFirst("/" + place.name);
    }
    return String.join("", names);
  }
}
