package torchparity.harness.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Trace;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.comparison.Difference;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.comparison.RowPattern;
import torchparity.harness.comparison.Statistics;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.PortRun;
import torchparity.harness.verdict.CurveVerdict;
import torchparity.harness.verdict.Evidence;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Unmet;

/** A judged run as JSON, whole: every probe of every instance and pair. */
public final class JsonReport {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private JsonReport() {}

  private record Document(
      String format,
      boolean parity,
      int exitCode,
      long compared,
      List<PortEntry> ports,
      List<Comparison> comparisons,
      List<Expectation> unmet,
      List<String> knownDifferences,
      List<Explanation> diagnoses) {}

  private record PortEntry(
      String name,
      String engine,
      List<String> command,
      double seconds,
      String log,
      @Nullable String problem,
      Map<String, String> provenance) {}

  private record Comparison(
      String instance,
      String caseName,
      long seed,
      String dtype,
      String tier,
      String reference,
      String candidate,
      boolean exact,
      String verdict,
      @Nullable String reason,
      @Nullable String root,
      List<Probe> probes,
      @Nullable String curve,
      @Nullable CurveVerdict curveVerdict,
      String liveness,
      Map<String, Evidence.Errors> errors,
      List<String> environment,
      List<String> notes) {}

  private record Probe(
      String probe,
      String finding,
      String text,
      @Nullable Measured difference,
      @Nullable RowPattern rows) {}

  /**
   * A diagnosis.
   *
   * @param first the first mistake: what the reference does, and the candidate's line to look at
   */
  private record Explanation(
      String instance,
      String reference,
      String candidate,
      String status,
      @Nullable String cause,
      @Nullable First first,
      String story,
      List<Diagnosis.Finding> findings,
      String note) {}

  private record First(Diagnosis.@Nullable Call reference, Diagnosis.@Nullable Call candidate) {}

  private record Measured(
      Statistics statistics,
      List<Long> maxAbsoluteIndex,
      List<Long> worstIndex,
      String allowance,
      double allowed,
      double used) {}

  private record Expectation(String instance, String port, String probe, String problem) {}

  /** The document; NaN and infinity are written as strings, which JSON numbers cannot be. */
  public static String render(JudgedRun run, List<Diagnosis> diagnoses, int exitCode) {
    try {
      return JSON.writeValueAsString(
          new Document(
              "torch-parity-result/1",
              run.isParity(),
              exitCode,
              run.compared(),
              run.runs().stream().map(JsonReport::port).toList(),
              run.judgements().stream().map(JsonReport::comparison).toList(),
              run.unmet().stream().map(JsonReport::expectation).toList(),
              run.unused(),
              diagnoses.stream().map(JsonReport::explanation).toList()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of plain values can always be written", e);
    }
  }

  private static Explanation explanation(Diagnosis d) {
    Diagnosis.Finding first = d.first();
    return new Explanation(
        d.instance(),
        d.reference(),
        d.candidate(),
        d.status().name(),
        first == null || first.cause() == null ? null : first.cause().id(),
        first == null ? null : new First(first.expected(), first.blame()),
        String.join("\n", Story.lines(d)),
        d.findings(),
        d.note());
  }

  private static PortEntry port(PortRun run) {
    Map<String, String> provenance =
        run.outcomes().values().stream()
            .filter(Outcome.Traced.class::isInstance)
            .map(o -> ((Outcome.Traced) o).trace())
            .map(Trace::provenance)
            .findFirst()
            .orElse(Map.of());
    return new PortEntry(
        run.port().name(),
        run.port().engine(),
        run.port().command(),
        run.wall().toMillis() / 1000.0,
        run.log().toString(),
        run.problem().isEmpty() ? null : run.problem(),
        provenance);
  }

  private static Comparison comparison(Judgement j) {
    Instance i = j.instance();
    return new Comparison(
        i.id(),
        i.question().name(),
        i.seed(),
        i.dtype().torchName(),
        i.tier().toString(),
        j.pair().reference().name(),
        j.pair().candidate().name(),
        j.pair().exact(),
        j.verdict().name(),
        j.reason().isEmpty() ? null : j.reason(),
        j.root().map(ProbeFinding::probe).orElse(null),
        j.findings().stream().map(JsonReport::probe).toList(),
        j.evidence().curve().map(CurveText::of).orElse(null),
        j.evidence().curve().orElse(null),
        j.evidence().liveness().getClass().getSimpleName(),
        j.evidence().errors(),
        j.evidence().environment(),
        j.evidence().notes());
  }

  private static Probe probe(ProbeFinding f) {
    Measured measured = f.measured().map(JsonReport::measured).orElse(null);
    RowPattern rows = f instanceof ProbeFinding.ValueMismatch v ? v.pattern() : null;
    return new Probe(f.probe(), f.getClass().getSimpleName(), FindingText.of(f), measured, rows);
  }

  private static Measured measured(Difference d) {
    String kind =
        d.allowance() instanceof Allowance.Exact
            ? "exact"
            : d.allowance() instanceof Allowance.ByHand ? "set by hand" : "computed";
    return new Measured(
        d.statistics(), d.maxAbsoluteIndex(), d.worstIndex(), kind, d.allowed(), d.used());
  }

  private static Expectation expectation(Unmet u) {
    return new Expectation(u.instance().id(), u.port(), u.probe(), u.problem());
  }
}
