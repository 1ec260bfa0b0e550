package torchparity.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.cases.Safetensors;
import torchparity.cases.Trace;

/** What is said about saved traces and files, and with which exit code. */
class CompareTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));
  private static final HostTensor WEIGHTS = HostTensor.ofFloats(List.of(2L, 2L), 1, 2, 3, 4);
  private static final HostTensor CHANGED = HostTensor.ofFloats(List.of(2L, 2L), 1, 2, 3.5f, 4);

  @TempDir Path folder;
  private Path reference;
  private Path candidate;

  /** What the command answered. */
  private record Ended(int exitCode, String text) {}

  @BeforeEach
  void nameFolders() {
    reference = folder.resolve("reference");
    candidate = folder.resolve("candidate");
  }

  @Test
  void matchesTracesThatAreTheSame() throws IOException {
    for (Path run : List.of(reference, candidate)) {
      trace(run.resolve("jvm/one"), WEIGHTS, "1");
      trace(run.resolve("jvm/two"), CHANGED, "1");
    }

    assertThat(compare(reference, candidate))
        .isEqualTo(new Ended(0, "MATCH  0 of 4 probes differ%n".formatted()));
  }

  @Test
  void namesProbeIndexAndWhatIsAllowed() throws IOException {
    trace(reference.resolve("jvm/one"), WEIGHTS, "1");
    trace(candidate.resolve("jvm/one"), CHANGED, "1");

    Ended exact = compare(reference, candidate);
    Ended byHand = compare(reference, candidate, "--atol", "0.25");
    Ended enough = compare(reference, candidate, "--atol", "0.5");

    assertThat(exact.exitCode()).isEqualTo(1);
    assertThat(exact.text())
        .startsWith("jvm/one, w: 1 of 4 elements differ: by up to 0.5 at (1, 0)")
        .contains("none is allowed")
        .endsWith("MISMATCH  1 of 2 probes differ%n".formatted());
    assertThat(byHand.exitCode()).isEqualTo(1);
    assertThat(byHand.text()).contains("allowed 0.25 (ratio 2) (set by hand: an option)");
    assertThat(enough.exitCode()).isZero();
  }

  @Test
  void isNoMatchWhereTracesWereNotFinished() throws IOException {
    for (Path run : List.of(reference, candidate)) {
      trace(run.resolve("jvm/one"), WEIGHTS, "1");
      trace(run.resolve("jvm/two"), run.equals(reference) ? WEIGHTS : CHANGED, "1");
      Files.delete(run.resolve("jvm/two/trace.json"));
    }

    Ended ended = compare(reference, candidate);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.text().lines())
        .containsExactly(
            "jvm/two, the end of the reference's trace, its trace.json: was not recorded",
            "jvm/two, the end of the candidate's trace, its trace.json: was not recorded",
            "MISMATCH  2 of 4 probes differ");
  }

  @Test
  void showsHowTheEnvironmentsDiffer() throws IOException {
    for (String trace : List.of("jvm/one", "jvm/two", "derived/jvm/one")) {
      trace(reference.resolve(trace), WEIGHTS, "1");
      trace(candidate.resolve(trace), WEIGHTS, "2");
    }

    assertThat(compare(reference, candidate).text())
        .startsWith("environment: jvm, threads: 2, the reference has 1%nMATCH".formatted());
    for (String part : List.of("jvm", "jvm/one")) {
      assertThat(compare(reference.resolve(part), candidate.resolve(part)).text())
          .startsWith("environment: threads: 2, the reference has 1%nMATCH".formatted());
    }
  }

  @Test
  void comparesTwoTensorFiles() throws IOException {
    Safetensors.write(reference, Map.of("w", WEIGHTS));
    Safetensors.write(candidate, Map.of("w", CHANGED));

    assertThat(compare(reference, reference).exitCode()).isZero();
    Ended ended = compare(reference, candidate);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.text()).startsWith("candidate, w: 1 of 4 elements differ");
  }

  @Test
  void saysWhatIsNotThereAndWhatIsNoTensorFile() throws IOException {
    Files.writeString(reference, "no tensors");

    Ended missing = compare(reference, candidate);
    Ended broken = compare(reference, reference);

    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.text()).contains("candidate: there is no such file or folder");
    assertThat(broken.exitCode()).isEqualTo(2);
    assertThat(broken.text()).contains(reference.toString());
  }

  @Test
  void isNoMatchWhereNothingIsCompared() throws IOException {
    Files.createDirectories(reference);
    Files.createDirectories(candidate);

    assertThat(compare(reference, candidate))
        .isEqualTo(new Ended(1, "MISMATCH  nothing was compared%n".formatted()));
  }

  private static void trace(Path folder, HostTensor weights, String threads) throws IOException {
    Map<String, HostTensor> probes = new LinkedHashMap<>();
    probes.put("x", WEIGHTS);
    probes.put("w", weights);
    new Trace("one", probes, Map.of("runtime", "JVM 17", "threads", threads)).write(folder);
  }

  private static Ended compare(Path reference, Path candidate, String... options) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    String[] arguments = new String[3 + options.length];
    arguments[0] = "compare";
    arguments[1] = reference.toString();
    arguments[2] = candidate.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    int code =
        Parity.commandLine(new Workplace(ROOT, ROOT))
            .setOut(writer)
            .setErr(writer)
            .execute(arguments);
    return new Ended(code, text.toString());
  }
}
