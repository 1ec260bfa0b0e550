package torchparity.harness.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.cases.Safetensors;
import torchparity.cases.Trace;
import torchparity.harness.comparison.ProbeFinding.DtypeMismatch;
import torchparity.harness.comparison.ProbeFinding.Match;
import torchparity.harness.comparison.ProbeFinding.Missing;
import torchparity.harness.comparison.ProbeFinding.ShapeMismatch;
import torchparity.harness.comparison.ProbeFinding.Unexpected;
import torchparity.harness.comparison.ProbeFinding.ValueMismatch;
import torchparity.harness.comparison.SavedTraces.Found;

/** Traces on disk and in memory: every probe of either side is found something about. */
class SavedTracesTest {
  private static final Allowance EXACT = new Allowance.Exact();
  private static final HostTensor ONE = HostTensor.ofFloats(List.of(1L), 1);
  private static final HostTensor TWO = HostTensor.ofFloats(List.of(1L), 2);

  @TempDir Path folder;

  @Test
  void findsSomethingAboutEveryProbe() throws Exception {
    Map<String, HostTensor> reference = new LinkedHashMap<>();
    reference.put("same", ONE);
    reference.put("other", ONE);
    reference.put("dtype", ONE);
    reference.put("shape", ONE);
    reference.put("missing", ONE);
    Map<String, HostTensor> candidate = new LinkedHashMap<>();
    candidate.put("new", ONE);
    candidate.put("same", ONE);
    candidate.put("other", TWO);
    candidate.put("dtype", HostTensor.ofDoubles(List.of(1L), 1));
    candidate.put("shape", HostTensor.ofFloats(List.of(), 1));
    Trace e = new Trace("i", reference, Map.of());
    Trace a = new Trace("i", candidate, Map.of());
    e.write(folder.resolve("e"));
    a.write(folder.resolve("a"));

    List<Found> saved = SavedTraces.compare(folder.resolve("e"), folder.resolve("a"), EXACT);

    assertThat(saved).hasSize(1);
    assertThat(saved.get(0).name()).isEqualTo(".");
    for (List<ProbeFinding> found :
        List.of(saved.get(0).findings(), TraceComparison.compare(e, a, name -> EXACT))) {
      assertThat(found)
          .extracting(ProbeFinding::probe)
          .containsExactly("same", "other", "dtype", "shape", "missing", "new");
      assertThat(found)
          .extracting(f -> (Object) f.getClass())
          .containsExactly(
              Match.class,
              ValueMismatch.class,
              DtypeMismatch.class,
              ShapeMismatch.class,
              Missing.class,
              Unexpected.class);
      assertThat(found)
          .extracting(ProbeFinding::matches)
          .containsExactly(true, false, false, false, false, false);
      assertThat(found)
          .extracting(f -> f.measured().isPresent())
          .containsExactly(true, true, false, false, false, false);
    }
  }

  @Test
  void asksForTheAllowanceOfEachProbe() {
    Trace e = new Trace("i", Map.of("a", ONE), Map.of());
    Trace a = new Trace("i", Map.of("a", TWO), Map.of());

    List<ProbeFinding> found =
        TraceComparison.compare(
            e, a, name -> new Allowance.ByHand(0, name.equals("a") ? 1 : 0, "a test"));

    assertThat(found).hasSize(1).allMatch(ProbeFinding::matches);
    Difference difference = found.get(0).measured().orElseThrow();
    assertThat(difference.isIdentical()).isFalse();
    assertThat(difference.used()).isEqualTo(1);
    assertThat(difference.allowed()).isEqualTo(1);
  }

  @Test
  void comparesTracesOfTwoFoldersByTheirPaths() throws Exception {
    for (String trace : List.of("e/both", "a/both", "e/gone", "a/deep/new")) {
      new Trace("i", Map.of("p", trace.equals("a/both") ? TWO : ONE), Map.of())
          .write(folder.resolve(trace));
    }
    Files.createDirectories(folder.resolve("e/unfinished"));

    List<Found> found = SavedTraces.compare(folder.resolve("e"), folder.resolve("a"), EXACT);

    assertThat(found).extracting(Found::name).containsExactly("both", "gone", "deep/new");
    assertThat(found.get(0).findings()).hasSize(1).first().isInstanceOf(ValueMismatch.class);
    assertThat(found.get(1).findings()).containsExactly(new Missing("gone"));
    assertThat(found.get(2).findings()).containsExactly(new Unexpected("deep/new"));
  }

  @Test
  void findsThatATraceWasNotFinished() throws Exception {
    for (String trace : List.of("e/both", "a/both", "e/mine", "a/mine", "e/yours", "a/yours")) {
      new Trace("i", Map.of("p", ONE), Map.of()).write(folder.resolve(trace));
    }
    for (String trace : List.of("e/both", "a/both", "e/mine", "a/yours")) {
      Files.delete(folder.resolve(trace).resolve("trace.json"));
    }
    Missing ofReference = new Missing("the end of the reference's trace, its trace.json");
    Missing ofCandidate = new Missing("the end of the candidate's trace, its trace.json");

    List<Found> found = SavedTraces.compare(folder.resolve("e"), folder.resolve("a"), EXACT);
    List<Found> alone =
        SavedTraces.compare(folder.resolve("e/both"), folder.resolve("a/both"), EXACT);

    assertThat(found)
        .containsExactlyInAnyOrder(
            new Found("both", List.of(ofReference, ofCandidate)),
            new Found("mine", List.of(ofReference)),
            new Found("yours", List.of(ofCandidate)));
    assertThat(alone).containsExactly(new Found(".", List.of(ofReference, ofCandidate)));
  }

  @Test
  void comparesTwoFiles() throws Exception {
    Path e = folder.resolve("e.safetensors");
    Path a = folder.resolve("a.safetensors");
    Safetensors.write(e, Map.of("t", ONE));
    Safetensors.write(a, Map.of("t", ONE));

    List<Found> found = SavedTraces.compare(e, a, EXACT);

    assertThat(found).extracting(Found::name).containsExactly("a.safetensors");
    Difference difference = found.get(0).findings().get(0).measured().orElseThrow();
    assertThat(difference.isIdentical()).isTrue();
    assertThat(difference.maxAbsoluteIndex()).isEmpty();
  }

  @Test
  void comparesFilesThatAreTooLargeForAPattern() throws Exception {
    float[] values = new float[10_000_001];
    HostTensor zeros = HostTensor.ofFloats(List.of(10_000_001L), values);
    values[9_000_000] = 1;
    Path e = folder.resolve("e.safetensors");
    Path a = folder.resolve("a.safetensors");
    Safetensors.write(e, Map.of("t", zeros));
    Safetensors.write(a, Map.of("t", HostTensor.ofFloats(List.of(10_000_001L), values)));

    ProbeFinding same = SavedTraces.compare(e, e, EXACT).get(0).findings().get(0);
    ProbeFinding other = SavedTraces.compare(e, a, EXACT).get(0).findings().get(0);

    assertThat(same).isInstanceOf(Match.class);
    assertThat(other).isInstanceOf(ValueMismatch.class);
    assertThat(((ValueMismatch) other).pattern().rows()).isEqualTo(10_000_001);
    assertThat(((ValueMismatch) other).pattern().count()).as("not looked for").isZero();
    assertThat(((ValueMismatch) other).difference().maxAbsoluteIndex()).containsExactly(9_000_000L);
  }

  @Test
  void passesWhatRoundingExplainsAndNothingElse() {
    Difference d = TensorComparison.compare("p", ONE, TWO, EXACT).measured().orElseThrow();
    List<ProbeFinding> explained =
        List.of(
            new ProbeFinding.AtMargin("p", d, 1, 0, 0, false),
            new ProbeFinding.AtKink("p", d, 1, 0, 0, false),
            new ProbeFinding.PastHorizon("p", d, 3));

    assertThat(explained).allMatch(ProbeFinding::matches);
    assertThat(explained).allMatch(f -> f.measured().orElseThrow().equals(d));
    assertThat(new ProbeFinding.Empty("p", List.of(0L)).measured()).isEmpty();
    assertThat(new ProbeFinding.Empty("p", List.of(0L)).matches()).isFalse();
  }
}
