package torchparity.harness.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;

/** Compares two traces probe by probe, in the reference's order; nothing is skipped. */
public final class TraceComparison {
  private TraceComparison() {}

  /**
   * One finding per probe of either trace: the reference's probes in order, then what only the
   * candidate has.
   *
   * @param allowance what is allowed at each probe, by its name
   */
  public static List<ProbeFinding> compare(
      Trace reference, Trace candidate, Function<String, Allowance> allowance) {
    List<ProbeFinding> findings = new ArrayList<>();
    reference
        .probes()
        .forEach(
            (name, expected) -> {
              HostTensor actual = candidate.probes().get(name);
              findings.add(
                  actual == null
                      ? new ProbeFinding.Missing(name)
                      : TensorComparison.compare(name, expected, actual, allowance.apply(name)));
            });
    candidate.probes().keySet().stream()
        .filter(name -> !reference.probes().containsKey(name))
        .forEach(name -> findings.add(new ProbeFinding.Unexpected(name)));
    return List.copyOf(findings);
  }
}
