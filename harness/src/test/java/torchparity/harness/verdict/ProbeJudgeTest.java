package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

/** Two steps of training, the second of which starts on a kink. */
class ProbeJudgeTest {
  private static final String PROBE = "steps.grad.w1";
  private static final int WIDTH = 10;
  private static final float NOISE = 1e-6f;
  private static final float KINK = 0.01f;
  private static final Pair PAIR =
      new Pair(new Port("ref", "a", List.of()), new Port("mine", "b", List.of()), false);

  @TempDir Path folder;

  private static Instance steps() {
    Case question = Questions.of("training-steps");
    return new Instance(
        question,
        1,
        Dtype.FLOAT32,
        Products.BLAS,
        new Instance.Setting("steps", Path.of("states"), null, null));
  }

  private static HostTensor gradients(float first, float second) {
    float[] values = new float[2 * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + (i < WIDTH ? first : second);
    }
    return HostTensor.ofFloats(List.of(2L, (long) WIDTH), values);
  }

  /** Half of the noisy runs pass the kink. */
  private ProbeFinding judge(HostTensor actual) throws Exception {
    List<HostTensor> noisy =
        IntStream.range(0, 8)
            .mapToObj(k -> gradients(NOISE * (k - 4), NOISE * (4 - k) + (k % 2 == 0 ? KINK : 0)))
            .toList();
    HostTensor base = gradients(0, 0);
    Instance steps = steps();
    return new ProbeJudge(
            steps,
            PAIR,
            new Trace("ref", Map.of(PROBE, base), Map.of()),
            new Trace("mine", Map.of(PROBE, actual), Map.of()),
            Noises.of(steps, PROBE, base, noisy, folder),
            true)
        .findings()
        .get(0);
  }

  @Test
  void acceptsAStepOnTheOtherSideOfTheKink() throws Exception {
    ProbeFinding found = judge(gradients(NOISE, KINK + NOISE));

    assertThat(found).isInstanceOf(ProbeFinding.AtKink.class);
    assertThat(found.matches()).isTrue();
  }

  @Test
  void refusesAStepBetweenTheSides() throws Exception {
    assertThat(judge(gradients(0, KINK / 2)).matches()).isFalse();
  }

  @Test
  void refusesAStepBeyondTheFarSide() throws Exception {
    assertThat(judge(gradients(0, 2 * KINK)).matches()).isFalse();
  }

  @Test
  void refusesTheKinkInAStepThatHasNone() throws Exception {
    assertThat(judge(gradients(KINK, 0)).matches()).isFalse();
  }
}
