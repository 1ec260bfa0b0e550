package torchparity.harness.verdict;

import java.util.List;
import java.util.Optional;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.run.Instance;

/**
 * What one instance shows about one pair of ports.
 *
 * @param reason why nothing was compared, or empty
 * @param findings one for each probe, in the reference's order
 */
public record Judgement(
    Instance instance, Pair pair, Verdict verdict, String reason, List<ProbeFinding> findings) {
  public Judgement {
    findings = List.copyOf(findings);
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
        .mapToDouble(f -> ((ProbeFinding.Match) f).difference().used())
        .max()
        .orElse(0);
  }

  /** True if every element of every probe is the same. */
  public boolean identical() {
    return !findings.isEmpty()
        && findings.stream()
            .allMatch(f -> f instanceof ProbeFinding.Match m && m.difference().maxUlp() == 0);
  }
}
