package torchparity.harness.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import torchparity.harness.run.Provenance;

/** How the environments of two runs differ, as far as that can change numbers. */
public final class EnvironmentDifference {
  /** What two languages never share. */
  private static final Set<String> OF_ONE_RUNTIME = Set.of("runtime", "plugin", "sources_sha256");

  private static final String SETTING = "[A-Z_]+";
  private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)*");

  private EnvironmentDifference() {}

  /**
   * One line for each difference. A candidate of another language differs in its runtime, and has
   * another build of the same torch.
   */
  public static List<String> of(Map<String, String> before, Map<String, String> now) {
    Map<String, String> reference = Provenance.shown(before);
    Map<String, String> candidate = Provenance.shown(now);
    boolean sameRuntime =
        language(Objects.requireNonNullElse(reference.get("runtime"), "r"))
            .equals(language(Objects.requireNonNullElse(candidate.get("runtime"), "c")));
    Set<String> names = new TreeSet<>(reference.keySet());
    if (sameRuntime) {
      names.addAll(candidate.keySet());
    } else {
      names.retainAll(candidate.keySet()); // each language records some things of its own
      names.addAll(settings(reference));
      names.addAll(settings(candidate));
    }
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String was = recorded(reference, name);
      String is = recorded(candidate, name);
      // The same torch has other builds elsewhere: 2.13.0+cpu is 2.13.0-1.5.14 in the JVM.
      boolean builds = name.equals("torch") && !sameRuntime;
      boolean same = builds ? version(was).equals(version(is)) : was.equals(is);
      if (!same && (sameRuntime || !OF_ONE_RUNTIME.contains(name))) {
        differences.add("%s: %s, the reference has %s".formatted(name, is, was));
      }
    }
    return differences;
  }

  private static String recorded(Map<String, String> provenance, String name) {
    @Nullable String value = provenance.get(name);
    String absent = name.matches(SETTING) ? "not set" : "not recorded";
    return Objects.requireNonNullElse(value, absent);
  }

  /** Settings are recorded only where they are set. */
  private static Set<String> settings(Map<String, String> provenance) {
    Set<String> names = new TreeSet<>();
    provenance.keySet().stream().filter(n -> n.matches(SETTING)).forEach(names::add);
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
