package torchparity.harness.report;

import java.util.List;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Explanation;
import torchparity.harness.verdict.Verdict;

/** Documents of which a test changes one thing. */
final class Changed {
  private Changed() {}

  static Comparison with(Comparison c, String instance, Verdict verdict) {
    return new Comparison(
        instance,
        c.caseName(),
        c.seed(),
        c.dtype(),
        c.tier(),
        c.start(),
        c.reference(),
        c.candidate(),
        c.exact(),
        verdict,
        c.reason(),
        c.root(),
        c.probes(),
        c.curve(),
        c.curveVerdict(),
        c.liveness(),
        c.errors(),
        c.environment(),
        c.notes(),
        c.again());
  }

  static ResultDocument with(
      ResultDocument run,
      boolean parity,
      List<Comparison> comparisons,
      List<Explanation> diagnoses) {
    return new ResultDocument(
        run.format(),
        parity,
        parity ? 0 : run.exitCode(),
        run.compared(),
        run.reference(),
        run.cases(),
        run.ports(),
        comparisons,
        run.unmet(),
        run.together(),
        run.knownDifferences(),
        diagnoses,
        run.times());
  }
}
