package torchparity.harness.verdict;

import java.util.List;
import java.util.Optional;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.run.Instance;

/**
 * What one instance shows about one pair of ports.
 *
 * @param reason why nothing was compared, or why the verdict is what it is; may be empty
 * @param findings one for each probe, in the reference's order
 * @param evidence what stands beside the verdict
 */
public record Judgement(
    Instance instance,
    Pair pair,
    Verdict verdict,
    String reason,
    List<ProbeFinding> findings,
    Evidence evidence) {
  public Judgement {
    findings = List.copyOf(findings);
  }

  /** A judgement without further evidence. */
  public Judgement(
      Instance instance, Pair pair, Verdict verdict, String reason, List<ProbeFinding> findings) {
    this(instance, pair, verdict, reason, findings, Evidence.NONE);
  }

  /** The same difference, known for a reason. */
  Judgement known(String why) {
    return new Judgement(instance, pair, Verdict.KNOWN_DIFFERENCE, why, findings, evidence);
  }

  /**
   * True if this difference is known, and {@code unmet} tells of it again: at its first probe, or
   * of dtypes and shapes that follow from it. What is missing further on follows from nothing.
   */
  boolean knows(Unmet unmet) {
    boolean isRoot = root().filter(f -> f.probe().equals(unmet.probe())).isPresent();
    return verdict == Verdict.KNOWN_DIFFERENCE
        && instance.equals(unmet.instance())
        && pair.candidate().name().equals(unmet.port())
        && (isRoot
            || downstream().stream()
                .filter(f -> !(f instanceof ProbeFinding.Missing))
                .anyMatch(f -> f.probe().equals(unmet.probe())));
  }

  /** The first probe that differs: what comes after it is computed from it. */
  public Optional<ProbeFinding> root() {
    return findings.stream().filter(f -> !f.matches()).findFirst();
  }

  /** The probes after the first that differ, too. */
  public List<ProbeFinding> downstream() {
    return findings.stream().filter(f -> !f.matches()).skip(1).toList();
  }

  /** Greatest share of an allowance that a matching probe takes. */
  public double used() {
    return findings.stream()
        .filter(ProbeFinding.Match.class::isInstance)
        .mapToDouble(f -> f.measured().orElseThrow().used())
        .max()
        .orElse(0);
  }

  /** True if every element of every probe is the same. */
  public boolean identical() {
    return !findings.isEmpty()
        && findings.stream()
            .allMatch(f -> f instanceof ProbeFinding.Match m && m.difference().isIdentical());
  }
}
