package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.cases.Products;
import torchparity.cases.Trace;
import torchparity.harness.allowance.Allowances;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.PortRun;
import torchparity.harness.run.Questions;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.KnownDifferences;

/** What a person is told beside a verdict. */
class AsidesTest {
  private static final Port REFERENCE = new Port("ref", "a", List.of());
  private static final Port MINE = new Port("mine", "b", List.of());
  private static final Instance INSTANCE =
      new Instance(
          Questions.of(
              "c",
              List.of(
                  new Case.Probe(
                      "x",
                      List.of("1"),
                      null,
                      false,
                      null,
                      Map.of("float32", new Case.Allowance(0, 1, "the sensor's step")))),
              null),
          1,
          Dtype.FLOAT32,
          Products.BLAS);

  @TempDir Path folder;

  private PortRun run(Port port, float x, Map<String, String> provenance) {
    Trace trace =
        new Trace(INSTANCE.id(), Map.of("x", HostTensor.ofFloats(List.of(1L), x)), provenance);
    return new PortRun(
        port,
        Duration.ZERO,
        folder.resolve("log.txt"),
        Map.of(INSTANCE, new Outcome.Traced(trace)),
        "");
  }

  private ResultDocument document(PortRun reference, PortRun mine, Optional<PortRun> again) {
    JudgedRun judged =
        JudgedRun.of(
            List.of(INSTANCE),
            List.of(reference, mine),
            REFERENCE,
            new JudgedRun.Grounds(Allowances.NONE, again, KnownDifferences.NONE));
    ResultDocument.Times times =
        new ResultDocument.Times("2026-11-25T00:00:00Z", Map.of(), 0, 0, 1);
    return new JsonReport(folder, folder, folder, "--timeout 9")
        .document(judged, "ref", List.of(), 0, times);
  }

  @Test
  void tellOfAnAllowanceSetByHandWhereItWasNeeded() {
    ResultDocument moved =
        document(run(REFERENCE, 1, Map.of()), run(MINE, 1.5f, Map.of()), Optional.empty());
    ResultDocument same =
        document(run(REFERENCE, 1, Map.of()), run(MINE, 1, Map.of()), Optional.empty());

    assertThat(moved.parity()).isTrue();
    assertThat(new TerminalReport(Ansi.OFF).render(moved))
        .contains("x: seen 0.5, allowed 1, ratio 0.5 (set by hand: the sensor's step)");
    assertThat(new TerminalReport(Ansi.OFF).render(same)).doesNotContain("set by hand");
  }

  @Test
  void nameTheEnvironmentWhereAllMatches() {
    ResultDocument other =
        document(
            run(REFERENCE, 1, Map.of("runtime", "CPython 3.12")),
            run(MINE, 1, Map.of("runtime", "CPython 3.12", "ATEN_CPU_CAPABILITY", "default")),
            Optional.empty());

    assertThat(new TerminalReport(Ansi.OFF).render(other))
        .contains(
            "environment of mine / ref: ATEN_CPU_CAPABILITY: default, the reference has not set");
  }

  @Test
  void commandNoRunnerOfGitHub() {
    PortRun broken =
        new PortRun(
            MINE,
            Duration.ZERO,
            folder.resolve("log.txt"),
            Map.of(INSTANCE, new Outcome.Failed("it ended\n::stop-commands::x", List.of())),
            "it ended\n  ::add-mask::x\n##[add-path]y\na::b");
    String text =
        new TerminalReport(Ansi.OFF)
            .render(document(run(REFERENCE, 1, Map.of()), broken, Optional.empty()));

    assertThat(text)
        .contains("> ::stop-commands::x", "> ::add-mask::x", "> ##[add-path]y", "a::b")
        .doesNotContainPattern("(?m)^\\s*(::|##)");
  }

  /** A run of one seed asks the reference twice only if it is told to. */
  @Test
  void repeatAnUnsteadyReferenceWithItsCheck() {
    PortRun reference = run(REFERENCE, 1, Map.of());
    ResultDocument unsteady =
        document(reference, run(MINE, 1, Map.of()), Optional.of(run(REFERENCE, 2, Map.of())));
    ResultDocument steady =
        document(reference, run(MINE, 3, Map.of()), Optional.of(run(REFERENCE, 1, Map.of())));

    assertThat(unsteady.comparisons().get(0).again()).endsWith("--timeout 9 --check-reference");
    assertThat(steady.comparisons().get(0).again()).endsWith("--timeout 9");
  }
}
