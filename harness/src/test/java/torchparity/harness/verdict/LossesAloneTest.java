package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
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

  /** How far one noisy run's losses are from the others'. */
  private float kink;

  private static Map<String, HostTensor> probes(float losses, float logits) {
    float[] values = new float[30];
    Arrays.fill(values, 1 + logits);
    Map<String, HostTensor> probes = new LinkedHashMap<>();
    probes.put("loss", HostTensor.ofFloats(List.of(3L), 3 + losses, 2 + losses, 1 + losses));
    probes.put("logits", HostTensor.ofFloats(List.of(10L, 3L), values));
    return probes;
  }

  private Map<String, HostTensor> noisy(float noise, boolean last) {
    return probes(noise + (last ? kink : 0), noise);
  }

  /** What becomes of logits that differ by {@code logits} where losses differ by {@code losses}. */
  private ProbeFinding judge(String steps, float losses, float logits) throws Exception {
    return findings(steps, losses, logits).get(1);
  }

  private List<ProbeFinding> findings(String steps, float losses, float logits) throws Exception {
    Case.Training training =
        new Case.Training("loss", null, steps.isEmpty() ? null : steps, null, null, null);
    List<Case.Probe> probes =
        List.of(new Case.Probe("loss", List.of("3"), null, true, null, Map.of()));
    Instance instance =
        new Instance(Questions.of("c", probes, training), 1, Dtype.FLOAT32, Products.BLAS);
    List<Map<String, HostTensor>> noisy =
        IntStream.range(0, 8).mapToObj(k -> noisy(NOISE * (k - 4), k == 7)).toList();
    return new ProbeJudge(
            instance,
            PAIR,
            new Trace("ref", probes(0, 0), Map.of()),
            new Trace("mine", probes(losses, logits), Map.of()),
            Noises.of(instance, probes(0, 0), noisy, folder),
            false)
        .findings();
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
  void excuseNothingWhereAKinkExcusesThem() throws Exception {
    kink = 2e-3f;

    assertThat(findings("", 2e-3f, 5e-4f))
        .satisfiesExactly(
            losses -> assertThat(losses).isInstanceOf(ProbeFinding.AtKink.class),
            logits -> assertThat(logits).isInstanceOf(ProbeFinding.ValueMismatch.class));
  }

  @Test
  void excuseNothingWhereStepsWouldSpeakAndDoNotAgree() throws Exception {
    assertThat(judge("steps", 0, 5e-4f)).isInstanceOf(ProbeFinding.ValueMismatch.class);
  }
}
