package torchparity.harness.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a trace's provenance is shown. A port may write anything there, its whole environment
 * even, and so may a stranger; {@code cases/FORMATS.md} has the same names.
 */
public final class Provenance {
  private static final Set<String> SHOWN =
      Set.of(
          "runtime",
          "torch",
          "plugin",
          "version",
          "cpu_capability",
          "threads",
          "default_dtype",
          "sources_sha256");

  private static final Pattern VERSION = Pattern.compile("[a-z0-9_]+_version");

  private Provenance() {}

  /** {@code provenance} without what could be anything, in its order. */
  public static Map<String, String> shown(Map<String, String> provenance) {
    Map<String, String> shown = new LinkedHashMap<>();
    provenance.forEach(
        (name, value) -> {
          if (isShown(name)) {
            shown.put(name, value);
          }
        });
    return Collections.unmodifiableMap(shown);
  }

  private static boolean isShown(String name) {
    return SHOWN.contains(name) || VERSION.matcher(name).matches() || PortEnvironment.isShown(name);
  }
}
