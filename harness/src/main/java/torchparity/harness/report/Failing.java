package torchparity.harness.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Explanation;
import torchparity.harness.report.ResultDocument.Probe;
import torchparity.harness.verdict.Verdict;

/**
 * A failure that a person should read, told once.
 *
 * @param first the comparison that shows it
 * @param others further comparisons of the same case and pair with the same first probe, or the
 *     same reason
 */
public record Failing(Comparison first, List<Comparison> others) {
  public Failing {
    others = List.copyOf(others);
  }

  /**
   * All failures, the worst first. Where a port differs from the reference, that it also differs
   * from its sibling is left out: it follows.
   */
  public static List<Failing> of(ResultDocument run) {
    Set<List<String>> mismatches = new HashSet<>();
    run.comparisons().stream()
        .filter(c -> c.verdict() == Verdict.MISMATCH && c.reference().equals(run.reference()))
        .forEach(c -> mismatches.add(List.of(c.instance(), c.candidate())));
    Map<List<Object>, List<Comparison>> groups = new LinkedHashMap<>();
    run.comparisons().stream()
        .filter(c -> c.verdict().fails())
        .filter(c -> c.reference().equals(run.reference()) || !follows(c, mismatches))
        .sorted(Comparator.comparing(Comparison::verdict))
        .forEach(c -> groups.computeIfAbsent(cause(c), k -> new ArrayList<>()).add(c));
    return groups.values().stream()
        .map(g -> new Failing(g.get(0), g.subList(1, g.size())))
        .toList();
  }

  private static List<Object> cause(Comparison c) {
    if (c.verdict() == Verdict.FAILED) {
      return List.of("failed", c.reason() == null ? "" : c.reason());
    }
    String root = c.root() == null ? "" : c.root();
    return List.of(c.verdict(), c.start(), c.pair(), root, c.root() == null ? c.caseName() : "");
  }

  private static boolean follows(Comparison c, Set<List<String>> mismatches) {
    return mismatches.contains(List.of(c.instance(), c.reference()))
        || mismatches.contains(List.of(c.instance(), c.candidate()));
  }

  /** The first probe that differs. */
  public Optional<Probe> root() {
    return first.probes().stream().filter(p -> !p.matches()).findFirst();
  }

  /** The names of the probes after it that differ, too. */
  public List<String> downstream() {
    return first.probes().stream().filter(p -> !p.matches()).skip(1).map(Probe::probe).toList();
  }

  /** Why, if that was looked for: in this instance, else in another of the same case and pair. */
  public Optional<Explanation> why(ResultDocument run) {
    String pair = first.pair();
    Set<String> instances =
        Stream.concat(Stream.of(first), others.stream())
            .map(Comparison::instance)
            .collect(Collectors.toSet());
    return run.diagnoses().stream()
        .filter(d -> d.pair().equals(pair) && instances.contains(d.instance()))
        .findFirst();
  }

  /** Where else, such as {@code in 5 more: sgd-training, data-blobs}; or empty. */
  public String elsewhere() {
    return others.isEmpty()
        ? ""
        : "in %d more: %s"
            .formatted(
                others.size(),
                others.stream()
                    .map(Comparison::caseName)
                    .distinct()
                    .collect(Collectors.joining(", ")));
  }

  /** The failure in one line: what differs, from where on, by how much. */
  public String line() {
    return root()
        .map(p -> "%s: %s".formatted(p.probe(), p.text()))
        .orElse(first.reason() == null ? first.verdict().toString() : first.reason());
  }
}
