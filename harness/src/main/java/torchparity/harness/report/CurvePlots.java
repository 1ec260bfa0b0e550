package torchparity.harness.report;

import java.util.List;
import java.util.Map;
import torchparity.cases.HostTensor;
import torchparity.cases.PlainText;
import torchparity.harness.report.ResultDocument.CaseEntry;
import torchparity.harness.report.ResultDocument.Comparison;

/** The loss curves of a run in characters: of each pair that differs, else of the first. */
public final class CurvePlots {
  private static final int MOST = 4;
  private static final char REFERENCE = 'o';
  private static final char CANDIDATE = 'x';

  private final SavedRun run;

  public CurvePlots(SavedRun run) {
    this.run = run;
  }

  /** The text; empty if the run trained nothing. */
  public String render() {
    List<Comparison> trained =
        run.document().comparisons().stream()
            .filter(c -> !c.derived() && run.document().caseOf(c.caseName()).training() != null)
            .filter(c -> c.reference().equals(run.document().reference()))
            .toList();
    List<Comparison> failing = trained.stream().filter(c -> c.verdict().fails()).toList();
    StringBuilder text = new StringBuilder();
    (failing.isEmpty() ? trained.stream().limit(1) : failing.stream().limit(MOST))
        .forEach(c -> text.append(plot(c)));
    return PlainText.of(text.toString());
  }

  /** Those of one comparison; empty if there is none. */
  public String of(Comparison c) {
    return c.derived() ? "" : plot(c);
  }

  private String plot(Comparison c) {
    CaseEntry question = run.document().caseOf(c.caseName());
    if (question.training() == null) {
      return "";
    }
    String probe = question.training().curve();
    Map<String, HostTensor> reference = run.probes(c.reference(), c);
    Map<String, HostTensor> candidate = run.probes(c.candidate(), c);
    HostTensor expected = reference.get(probe);
    HostTensor actual = candidate.get(probe);
    if (expected == null || actual == null) {
      return "";
    }
    return "%n%s, %s: %s %s, %s %s, * both%n%s"
        .formatted(
            c.instance(),
            probe,
            REFERENCE,
            c.reference(),
            CANDIDATE,
            c.candidate(),
            new CharacterPlot(
                    List.of(SavedRun.doubles(expected), SavedRun.doubles(actual)),
                    List.of(REFERENCE, CANDIDATE))
                .render());
  }
}
