package torchparity.harness.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Explanation;
import torchparity.harness.report.ResultDocument.PortEntry;
import torchparity.harness.report.ResultDocument.Probe;

/** What changed from one run to another: verdicts, probes that moved, causes, environments. */
public final class RunDifference {
  /** A share of an allowance that changed by less than this factor is the same. */
  private static final double FACTOR = 2;

  /** Shares below this are rounding's daily business. */
  private static final double SMALL = 0.1;

  private final ResultDocument before;
  private final ResultDocument after;

  public RunDifference(ResultDocument before, ResultDocument after) {
    this.before = before;
    this.after = after;
  }

  /** One line for each change, the most important first; empty if nothing changed. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (before.parity() != after.parity()) {
      lines.add("verdict: was %s, is %s".formatted(verdict(before), verdict(after)));
    }
    Map<List<String>, Comparison> was = byPlace(before);
    Map<List<String>, Comparison> is = byPlace(after);
    for (Map.Entry<List<String>, Comparison> e : is.entrySet()) {
      Comparison old = was.get(e.getKey());
      if (old != null) {
        lines.addAll(changes(old, e.getValue()));
      }
    }
    lines.addAll(onlyIn(was, is, "no longer compared"));
    lines.addAll(onlyIn(is, was, "newly compared"));
    lines.addAll(diagnoses());
    for (PortEntry port : after.ports()) {
      before.ports().stream()
          .filter(p -> p.name().equals(port.name()))
          .forEach(old -> lines.addAll(environment(old, port)));
    }
    return lines;
  }

  /** True if a comparison or the whole passes no more that passed before. */
  public boolean isWorse() {
    Map<List<String>, Comparison> was = byPlace(before);
    return (before.parity() && !after.parity())
        || byPlace(after).entrySet().stream()
            .anyMatch(
                e -> {
                  Comparison old = was.get(e.getKey());
                  return old != null && e.getValue().verdict().fails() && !old.verdict().fails();
                });
  }

  private static String verdict(ResultDocument run) {
    return "%s (%s)".formatted(run.parity() ? "parity" : "no parity", Headline.of(run));
  }

  private static Map<List<String>, Comparison> byPlace(ResultDocument run) {
    Map<List<String>, Comparison> places = new LinkedHashMap<>();
    run.comparisons().forEach(c -> places.put(List.of(c.pair(), c.instance()), c));
    return places;
  }

  private static List<String> changes(Comparison old, Comparison now) {
    List<String> lines = new ArrayList<>();
    String where = "%s, %s".formatted(now.pair(), now.instance());
    if (old.verdict() != now.verdict()) {
      lines.add("%s: was %s, is %s".formatted(where, old.verdict(), now.verdict()));
    }
    Map<String, Probe> was = new LinkedHashMap<>();
    old.probes().forEach(p -> was.put(p.probe(), p));
    for (Probe p : now.probes()) {
      Probe then = was.get(p.probe());
      if (then != null && moved(then, p)) {
        lines.add("%s, %s: was %s; is %s".formatted(where, p.probe(), then.text(), p.text()));
      }
    }
    return lines;
  }

  private static boolean moved(Probe then, Probe now) {
    double least = Math.min(then.used(), now.used());
    double greatest = Math.max(then.used(), now.used());
    return !then.finding().equals(now.finding())
        || then.identical() != now.identical()
        || (greatest > SMALL && !(greatest <= FACTOR * least));
  }

  private static List<String> onlyIn(
      Map<List<String>, Comparison> some, Map<List<String>, Comparison> others, String what) {
    return some.keySet().stream()
        .filter(place -> !others.containsKey(place))
        .map(place -> "%s: %s".formatted(what, String.join(", ", place)))
        .toList();
  }

  private List<String> diagnoses() {
    Map<List<String>, Explanation> was = new LinkedHashMap<>();
    before.diagnoses().forEach(d -> was.put(List.of(d.pair(), d.instance()), d));
    List<String> lines = new ArrayList<>();
    for (Explanation d : after.diagnoses()) {
      Explanation old = was.get(List.of(d.pair(), d.instance()));
      if (!Objects.equals(cause(old), cause(d))) {
        lines.add(
            "why %s, %s: was %s, is %s".formatted(d.pair(), d.instance(), cause(old), cause(d)));
      }
    }
    return lines;
  }

  private static String cause(@Nullable Explanation d) {
    return d == null
        ? "not asked"
        : "%s (%s)".formatted(d.cause() == null ? "unknown" : d.cause(), d.status());
  }

  private static List<String> environment(PortEntry old, PortEntry now) {
    TreeSet<String> names = new TreeSet<>(old.provenance().keySet());
    names.addAll(now.provenance().keySet());
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      String was = old.provenance().getOrDefault(name, "not known");
      String is = now.provenance().getOrDefault(name, "not known");
      if (!was.equals(is)) {
        lines.add("environment of %s, %s: was %s, is %s".formatted(now.name(), name, was, is));
      }
    }
    if (!old.command().equals(now.command())) {
      lines.add(
          "command of %s: was %s, is %s"
              .formatted(
                  now.name(), String.join(" ", old.command()), String.join(" ", now.command())));
    }
    return lines;
  }
}
