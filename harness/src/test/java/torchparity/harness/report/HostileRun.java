package torchparity.harness.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Case;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;
import torchparity.harness.comparison.RowPattern;
import torchparity.harness.comparison.Statistics;
import torchparity.harness.diagnosis.Cause;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.report.ResultDocument.CaseEntry;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Explanation;
import torchparity.harness.report.ResultDocument.Measured;
import torchparity.harness.report.ResultDocument.PortEntry;
import torchparity.harness.report.ResultDocument.Probe;
import torchparity.harness.report.ResultDocument.SourceFile;
import torchparity.harness.report.ResultDocument.Times;
import torchparity.harness.verdict.Verdict;

/** A saved run in which everything that a port can say is an attack, and numbers are not finite. */
public final class HostileRun {
  /** Closes every context that it may stand in, and would show itself to a browser test. */
  public static final String ATTACK =
      "</script><script>window.hacked=1</script><img src=x onerror='window.hacked=1'>"
          + "\"]]>--> & <b>bold</b> <a href=\"https://example.org\">link</a> `|*_ \u001b[31m\u2028"
          + "[here](https://example.org) {0} @|evil x|@ \\";

  /** Stands where no report may show it. */
  public static final String SECRET = "s3cr3t";

  private HostileRun() {}

  /** Writes it into {@code folder}. */
  public static SavedRun write(Path folder) throws IOException {
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    trace(folder, "ref", HostTensor.ofDoubles(List.of(4L), 4, 2, 1, 0.5), 0.25);
    trace(folder, "mine", HostTensor.ofDoubles(List.of(4L), 4, nan, infinite, -1), nan);
    Files.writeString(folder.resolve("mine/log.txt"), "before\n" + ATTACK + "\n");
    Probe bad =
        new Probe(
            ATTACK,
            "ValueMismatch",
            false,
            "2 of 4 elements differ: " + ATTACK,
            new Measured(
                new Statistics(
                    4,
                    2,
                    nan,
                    1,
                    nan,
                    1,
                    Long.MAX_VALUE,
                    List.of(1L, 0L, 3L),
                    infinite,
                    1,
                    nan,
                    1,
                    1,
                    new Statistics.Census(0, 1, 0, 1)),
                List.of(1L),
                List.of(1L),
                nan,
                "computed",
                1e-6,
                infinite),
            new RowPattern(1, 2, 2, 4, List.of(nan)));
    Diagnosis.Call call = new Diagnosis.Call("mm", "port.py", 7, "mm(" + ATTACK + ")", ATTACK);
    Diagnosis.Finding finding =
        new Diagnosis.Finding(
            Cause.SCALE,
            ATTACK,
            call,
            call,
            call,
            List.of(new Diagnosis.Aligned(call, null), new Diagnosis.Aligned(call, call)),
            List.of(new Diagnosis.Tried(Cause.SCALE, ATTACK, false, 1, 2, nan)));
    Case.Training training = new Case.Training("loss", "s", "s", "g", "labels", "labels");
    ResultDocument document =
        new ResultDocument(
            ResultDocument.FORMAT,
            false,
            3,
            1,
            "ref",
            List.of(
                new CaseEntry("a-case", ATTACK, training, plots()),
                new CaseEntry("b-case", ATTACK, training, plots())),
            List.of(port("ref", null), port("mine", "it crashed; " + ATTACK)),
            List.of(
                comparison("a-case.seed-1.float64", 1, Verdict.MISMATCH, null, List.of(bad)),
                comparison("b-case.seed-2.float64", 2, Verdict.FAILED, ATTACK, List.of())),
            List.of(
                new ResultDocument.Expectation("a-case.seed-1.float64", "mine", ATTACK, ATTACK)),
            List.of(ATTACK),
            List.of(ATTACK),
            List.of(
                new Explanation(
                    "a-case.seed-1.float64",
                    "ref",
                    "mine",
                    Diagnosis.Status.SUSPECTED,
                    "scale",
                    null,
                    "first: " + ATTACK + "\nsecond line",
                    List.of(finding),
                    ATTACK)),
            new Times("2026-11-25T00:00:00Z", Map.of("ref", 1.5, "mine", 2.5), 0, 0, 4));
    Files.writeString(folder.resolve(ResultFile.NAME), ResultFile.text(document));
    return SavedRun.open(folder);
  }

  private static List<Case.Plot> plots() {
    return List.of(
        new Case.Plot(Case.Plot.Kind.POINTS, List.of("points", "labels")),
        new Case.Plot(Case.Plot.Kind.CURVE, List.of("loss")),
        new Case.Plot(Case.Plot.Kind.REGIONS, List.of("xs", "ys", "z", "points", "labels")),
        new Case.Plot(Case.Plot.Kind.DIFFERENCES, List.of("points", "loss")));
  }

  private static void trace(Path folder, String port, HostTensor loss, double x)
      throws IOException {
    Map<String, HostTensor> probes = new java.util.LinkedHashMap<>();
    probes.put("points", HostTensor.ofDoubles(List.of(2L, 2L), x, 1, 2, 3));
    probes.put("labels", HostTensor.ofLongs(List.of(2L), 0, 1));
    probes.put("loss", loss);
    probes.put("xs", HostTensor.ofDoubles(List.of(3L), 0, 1, 2));
    probes.put("ys", HostTensor.ofDoubles(List.of(2L), 0, 1));
    probes.put("z", HostTensor.ofLongs(List.of(2L, 3L), 0, 1, 2, 0, 1, port.equals("ref") ? 2 : 0));
    new Trace("a-case.seed-1.float64", probes, Map.of())
        .write(folder.resolve(port).resolve("a-case.seed-1.float64"));
  }

  private static PortEntry port(String name, @Nullable String problem) {
    return new PortEntry(
        name,
        "engine of " + name,
        List.of("bin/run", "ports/port.py", ATTACK),
        Map.of("SETTING", ATTACK),
        name + "/log.txt",
        problem != null,
        problem,
        Map.of("runtime", ATTACK, "AWS_SECRET_ACCESS_KEY", SECRET),
        List.of(new SourceFile("port.py", "ports/port.py", Map.of(7, ATTACK))));
  }

  private static Comparison comparison(
      String instance, long seed, Verdict verdict, @Nullable String reason, List<Probe> probes) {
    return new Comparison(
        instance,
        instance.substring(0, instance.indexOf('.')),
        seed,
        probes.isEmpty() ? ATTACK : "float64",
        probes.isEmpty() ? ATTACK : "float64",
        "own",
        "ref",
        "mine",
        false,
        verdict,
        reason,
        probes.isEmpty() ? null : probes.get(0).probe(),
        probes,
        null,
        null,
        "NoTraining",
        Map.of(),
        List.of(ATTACK),
        List.of(ATTACK),
        "./parity run --case a-case " + ATTACK);
  }
}
