package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.cases.Products;
import torchparity.cases.Trace;
import torchparity.harness.allowance.Noises;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Questions;

/** A case that trains and has no single steps, as the decision grid: its losses speak for it. */
class LossesAloneTest {
  private static final float NOISE = 1e-7f;
  private static final Pair PAIR =
      new Pair(new Port("ref", "a", List.of()), new Port("mine", "b", List.of()), false);

  @TempDir Path folder;

  private static Map<String, HostTensor> probes(float losses, float logits) {
    Map<String, HostTensor> probes = new LinkedHashMap<>();
    probes.put("loss", HostTensor.ofFloats(List.of(3L), 3 + losses, 2 + losses, 1 + losses));
    float[] values = new float[30];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + logits;
    }
    probes.put("logits", HostTensor.ofFloats(List.of(10L, 3L), values));
    return probes;
  }

  /** What becomes of logits that differ by {@code logits} where losses differ by {@code losses}. */
  private ProbeFinding judge(String steps, float losses, float logits) throws Exception {
    Case.Training training =
        new Case.Training("loss", null, steps.isEmpty() ? null : steps, null, null, null);
    List<Case.Probe> probes =
        List.of(new Case.Probe("loss", List.of("3"), null, true, null, Map.of()));
    Instance instance =
        new Instance(Questions.of("c", probes, training), 1, Dtype.FLOAT32, Products.BLAS);
    List<Map<String, HostTensor>> noisy =
        IntStream.range(0, 8).mapToObj(k -> probes(NOISE * (k - 4), NOISE * (k - 4))).toList();
    return new ProbeJudge(
            instance,
            PAIR,
            new Trace("ref", probes(0, 0), Map.of()),
            new Trace("mine", probes(losses, logits), Map.of()),
            Noises.of(instance, probes(0, 0), noisy, folder),
            false)
        .findings()
        .get(1);
  }

  @Test
  void excuseWhatAKinkMayDoWhereTheyAgree() throws Exception {
    assertThat(judge("", 0, 5e-4f))
        .isInstanceOfSatisfying(
            ProbeFinding.AtKink.class, kink -> assertThat(kink.supposed()).isTrue());
    assertThat(judge("", 0, 5e-3f)).isInstanceOf(ProbeFinding.ValueMismatch.class);
  }

  @Test
  void excuseNothingWhereTheyDiffer() throws Exception {
    assertThat(judge("", 1e-3f, 5e-4f)).isInstanceOf(ProbeFinding.ValueMismatch.class);
  }

  @Test
  void excuseNothingWhereStepsWouldSpeakAndDoNotAgree() throws Exception {
    assertThat(judge("steps", 0, 5e-4f)).isInstanceOf(ProbeFinding.ValueMismatch.class);
  }
}
