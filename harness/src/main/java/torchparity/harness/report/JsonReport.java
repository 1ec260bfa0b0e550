package torchparity.harness.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Case;
import torchparity.cases.Trace;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.comparison.Difference;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.comparison.RowPattern;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.report.ResultDocument.CaseEntry;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Curve;
import torchparity.harness.report.ResultDocument.Expectation;
import torchparity.harness.report.ResultDocument.Explanation;
import torchparity.harness.report.ResultDocument.First;
import torchparity.harness.report.ResultDocument.Measured;
import torchparity.harness.report.ResultDocument.PortEntry;
import torchparity.harness.report.ResultDocument.Probe;
import torchparity.harness.report.ResultDocument.Times;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.PortEnvironment;
import torchparity.harness.run.PortRun;
import torchparity.harness.verdict.AcrossSeeds;
import torchparity.harness.verdict.CurveVerdict;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Unmet;
import torchparity.harness.verdict.Verdict;

/** A judged run as a document, whole: every probe of every instance and pair. */
public final class JsonReport {
  private final Path root;
  private final Path checkout;
  private final Path folder;
  private final String reproduce;

  /**
   * A report.
   *
   * @param root the project's folder: paths in it are shown from there
   * @param checkout this program's own folder
   * @param folder the run's folder
   * @param reproduce options that every line that repeats an instance needs, or empty
   */
  public JsonReport(Path root, Path checkout, Path folder, String reproduce) {
    this.root = root;
    this.checkout = checkout;
    this.folder = folder;
    this.reproduce = reproduce;
  }

  /** The document. */
  public ResultDocument document(
      JudgedRun run, String reference, List<Diagnosis> diagnoses, int exitCode, Times times) {
    return new ResultDocument(
        ResultDocument.FORMAT,
        exitCode == 0,
        exitCode,
        run.compared(),
        reference,
        cases(run),
        run.runs().stream().map(r -> port(r, diagnoses)).toList(),
        run.judgements().stream().map(this::comparison).toList(),
        run.unmet().stream().map(JsonReport::expectation).toList(),
        together(run),
        run.unused(),
        diagnoses.stream().map(JsonReport::explanation).toList(),
        times);
  }

  private static List<CaseEntry> cases(JudgedRun run) {
    Map<String, CaseEntry> cases = new LinkedHashMap<>();
    for (Judgement j : run.judgements()) {
      if (!j.instance().isSteps() && !j.instance().isIsolated()) {
        Case c = j.instance().question();
        cases.putIfAbsent(c.name(), new CaseEntry(c.name(), c.title(), c.training(), c.plots()));
      }
    }
    return List.copyOf(cases.values());
  }

  private static List<String> together(JudgedRun run) {
    List<String> lines = new ArrayList<>(Stages.lines(run));
    AcrossSeeds.of(run).forEach(a -> lines.add(SeedsText.of(a)));
    return lines;
  }

  private static Explanation explanation(Diagnosis d) {
    Diagnosis.Finding first = d.first();
    return new Explanation(
        d.instance(),
        d.reference(),
        d.candidate(),
        d.status(),
        first == null || first.cause() == null ? null : first.cause().id(),
        first == null ? null : new First(first.expected(), first.blame()),
        String.join("\n", Story.lines(d)),
        d.findings(),
        d.note());
  }

  private PortEntry port(PortRun run, List<Diagnosis> diagnoses) {
    Map<String, String> provenance =
        run.outcomes().values().stream()
            .filter(Outcome.Traced.class::isInstance)
            .map(o -> ((Outcome.Traced) o).trace())
            .map(Trace::provenance)
            .findFirst()
            .orElse(Map.of());
    List<String> command = new ArrayList<>();
    run.port().command().forEach(word -> command.add(shown(word)));
    return new PortEntry(
        run.port().name(),
        run.port().engine(),
        command,
        PortEnvironment.shown(run.port().environment()),
        folder.relativize(run.log()).toString(),
        run.failed(),
        run.problem().isEmpty() ? null : shown(run.problem()),
        provenance,
        new Sources(root, run.port()).named(diagnoses));
  }

  /** {@code text} with paths from the project's folder, so that no report names a machine's. */
  private String shown(String text) {
    return text.replace(root + "/", "").replace(checkout + "/", "{parity}/");
  }

  private Comparison comparison(Judgement j) {
    Instance i = j.instance();
    return new Comparison(
        i.id(),
        i.question().name(),
        i.seed(),
        i.dtype().torchName(),
        i.tier().toString(),
        i.start(),
        j.pair().reference().name(),
        j.pair().candidate().name(),
        j.pair().exact(),
        j.verdict(),
        j.reason().isEmpty() ? null : shown(j.reason()),
        j.root().map(ProbeFinding::probe).orElse(null),
        j.findings().stream().map(JsonReport::probe).toList(),
        j.evidence().curve().map(CurveText::of).orElse(null),
        j.evidence().curve().map(JsonReport::curve).orElse(null),
        j.evidence().liveness().getClass().getSimpleName(),
        j.evidence().errors(),
        j.evidence().environment(),
        j.evidence().notes(),
        Again.command(root.equals(checkout) ? "./parity" : "parity", i, reproduce(j)));
  }

  /** A run of many seeds checks its reference by itself, one of a single seed has to be told. */
  private String reproduce(Judgement j) {
    String check = "--check-reference";
    return j.verdict() != Verdict.NON_DETERMINISTIC || reproduce.contains(check)
        ? reproduce
        : (reproduce + " " + check).strip();
  }

  private static Curve curve(CurveVerdict v) {
    @Nullable Integer from = null;
    @Nullable Double p = null;
    if (v instanceof CurveVerdict.AtKink k) {
      from = k.from();
    } else if (v instanceof CurveVerdict.Biased b) {
      from = b.from();
    } else if (v instanceof CurveVerdict.Departed d) {
      from = d.from();
    } else if (v instanceof CurveVerdict.WithinDistribution w) {
      p = w.p();
    } else if (v instanceof CurveVerdict.OutsideDistribution o) {
      p = o.p();
    }
    return new Curve(v.getClass().getSimpleName(), v.matches(), v.horizon(), v.bias(), from, p);
  }

  private static Probe probe(ProbeFinding f) {
    Measured measured = f.measured().map(JsonReport::measured).orElse(null);
    RowPattern rows = f instanceof ProbeFinding.ValueMismatch v ? v.pattern() : null;
    return new Probe(
        f.probe(), f.getClass().getSimpleName(), f.matches(), FindingText.of(f), measured, rows);
  }

  private static Measured measured(Difference d) {
    String kind =
        d.allowance() instanceof Allowance.Exact
            ? "exact"
            : d.allowance() instanceof Allowance.ByHand ? Measured.BY_HAND : "computed";
    return new Measured(
        d.statistics(),
        d.maxAbsoluteIndex(),
        d.worstIndex(),
        FindingText.seenAtWorst(d),
        kind,
        d.allowed(),
        d.used());
  }

  private static Expectation expectation(Unmet u) {
    return new Expectation(u.instance().id(), u.port(), u.probe(), u.problem());
  }
}
