package torchparity.harness.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import torchparity.harness.run.Provenance;

/** How the environments of two runs differ, as far as that can change numbers. */
public final class EnvironmentDifference {
  /** What two languages never share. */
  private static final Set<String> OF_ONE_RUNTIME = Set.of("runtime", "plugin", "sources_sha256");

  private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)*");

  private EnvironmentDifference() {}

  /** One line for each difference; a candidate of another language differs in its runtime. */
  public static List<String> of(Map<String, String> was, Map<String, String> is) {
    Map<String, String> reference = Provenance.shown(was);
    Map<String, String> candidate = Provenance.shown(is);
    boolean sameRuntime =
        language(reference.getOrDefault("runtime", "r"))
            .equals(language(candidate.getOrDefault("runtime", "c")));
    Set<String> names = new TreeSet<>(reference.keySet());
    names.retainAll(candidate.keySet());
    names.addAll(settings(reference));
    names.addAll(settings(candidate));
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String before = reference.getOrDefault(name, "not set");
      String now = candidate.getOrDefault(name, "not set");
      boolean same =
          name.equals("torch") ? version(before).equals(version(now)) : before.equals(now);
      if (!same && (sameRuntime || !OF_ONE_RUNTIME.contains(name))) {
        differences.add("%s: %s, the reference has %s".formatted(name, now, before));
      }
    }
    return differences;
  }

  /** Settings are recorded only where they are set. */
  private static Set<String> settings(Map<String, String> provenance) {
    Set<String> names = new TreeSet<>();
    provenance.keySet().stream().filter(n -> n.matches("[A-Z_]+")).forEach(names::add);
    return names;
  }

  private static String language(String runtime) {
    int space = runtime.indexOf(' ');
    return space < 0 ? runtime : runtime.substring(0, space);
  }

  /** 2.13.0 of 2.13.0+cpu and of 2.13.0-1.5.14. */
  private static String version(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.lookingAt() ? matcher.group() : text;
  }
}
