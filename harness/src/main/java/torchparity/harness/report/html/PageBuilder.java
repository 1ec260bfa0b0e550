package torchparity.harness.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.report.Failing;
import torchparity.harness.report.FindingText;
import torchparity.harness.report.Headline;
import torchparity.harness.report.Matrix;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultDocument.Explanation;
import torchparity.harness.report.ResultDocument.PortEntry;
import torchparity.harness.report.SavedRun;
import torchparity.harness.verdict.Verdict;

/** Makes a page of a saved run. */
final class PageBuilder {
  private static final int MOST_TRIED = 8;

  private final SavedRun saved;
  private final ResultDocument run;
  private final Matrix matrix;

  PageBuilder(SavedRun saved) {
    this.saved = saved;
    this.run = saved.document();
    this.matrix = Matrix.of(run);
  }

  Page build(Page.Assets assets) {
    Figures figures = new Figures(saved);
    Sections sections = new Sections(saved, figures);
    List<Page.Section> all = matrix.rows().stream().map(sections::section).toList();
    List<Failing> failing = Failing.of(run);
    Set<Explanation> told =
        failing.stream().flatMap(f -> f.why(run).stream()).collect(Collectors.toSet());
    return new Page(
        run,
        String.valueOf(saved.folder().getFileName()),
        run.parity() ? "good" : run.exitCode() == 3 ? "broken" : "bad",
        run.parity() ? "PARITY" : "NO PARITY",
        Headline.of(run),
        failing.stream().map(this::failure).toList(),
        run.diagnoses().stream().map(d -> why(d, told.contains(d))).toList(),
        matrix.pairs(),
        matrix.rows().stream().map(this::row).toList(),
        all,
        run.ports().stream().map(this::runtime).toList(),
        assets,
        figures.json());
  }

  private Page.Failure failure(Failing f) {
    String section =
        matrix.rows().stream()
            .filter(r -> r.cells().getOrDefault(f.first().pair(), List.of()).contains(f.first()))
            .map(Matrix.Row::id)
            .findFirst()
            .orElse("");
    return new Page.Failure(f, section, f.first().curve() == null ? "" : f.first().curve());
  }

  private Page.MatrixRow row(Matrix.Row row) {
    return new Page.MatrixRow(
        row.title(),
        row.tier(),
        row.dtype(),
        row.id(),
        matrix.pairs().stream()
            .map(
                pair -> {
                  var cell = row.cells().get(pair);
                  return cell == null
                      ? new Page.Cell("", "")
                      : new Page.Cell(tone(cell.get(0).verdict()), Matrix.text(cell));
                })
            .toList());
  }

  static String tone(Verdict verdict) {
    return switch (verdict) {
      case FAILED -> "broken";
      case MISMATCH, NON_DETERMINISTIC, DEAD -> "bad";
      case KNOWN_DIFFERENCE, NOT_RUN -> "unsure";
      case TOO_SHORT, MATCH -> "good";
    };
  }

  private Page.Why why(Explanation d, boolean told) {
    List<Page.Aligned> aligned = new ArrayList<>();
    List<Page.Tried> tried = new ArrayList<>();
    for (Diagnosis.Finding f : d.findings()) {
      for (Diagnosis.Aligned a : f.aligned()) {
        aligned.add(
            new Page.Aligned(
                operation(d.reference(), a.reference()), operation(d.candidate(), a.candidate())));
      }
      f.tried().stream().limit(MOST_TRIED).forEach(t -> tried.add(tried(t)));
    }
    String tone = d.status() == Diagnosis.Status.ROUNDING ? "good" : "bad";
    return new Page.Why(d, tone, told, aligned, tried);
  }

  private static Page.Tried tried(Diagnosis.Tried t) {
    return new Page.Tried(
        t.cause().text(),
        t.claim(),
        t.complete(),
        "%d of %d operations%s"
            .formatted(
                t.accounted(),
                t.of(),
                t.residual() == null
                    ? ""
                    : ", leaves %.2g of the difference".formatted(t.residual())));
  }

  private Page.@Nullable Operation operation(String port, Diagnosis.@Nullable Call call) {
    if (call == null) {
      return null;
    }
    Optional<String> source =
        run.port(port).sources().stream()
            .filter(s -> s.file().equals(call.file()))
            .map(s -> s.lines().getOrDefault(call.line() == null ? 0 : call.line(), ""))
            .findFirst();
    return new Page.Operation(call.op(), call.text(), call.place(), source.orElse(""));
  }

  private Page.PortView runtime(PortEntry port) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("engine", port.engine());
    facts.putAll(port.provenance());
    port.environment().forEach((name, value) -> facts.put("set: " + name, value));
    Double seconds = run.times().ports().get(port.name());
    facts.put("time", seconds == null ? "not known" : FindingText.number(seconds) + " s");
    return new Page.PortView(
        port,
        port.command().stream().collect(Collectors.joining(" ", "", " --job job.json")),
        facts,
        saved.logTail(port));
  }
}
