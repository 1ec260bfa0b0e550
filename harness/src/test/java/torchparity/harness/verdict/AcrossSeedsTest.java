package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.Products;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Questions;

class AcrossSeedsTest {
  private static final Pair PAIR =
      new Pair(new Port("ref", "a", List.of()), new Port("mine", "b", List.of()), false);

  @Test
  void saysThatTheLossIsLowerWithEverySeed() {
    AcrossSeeds seeds = AcrossSeeds.of(run(-0.3, -0.2, -0.4)).get(0);

    assertThat(seeds.side()).isEqualTo(AcrossSeeds.Side.ALWAYS_LOWER);
    assertThat(seeds.mean()).isCloseTo(-0.3, within(1e-12));
    assertThat(seeds.least()).isEqualTo(-0.4);
    // t = 0.3 / (0.1 / sqrt(3)) = 5.196 with two degrees of freedom
    assertThat(seeds.p()).isCloseTo(0.0351, within(1e-4));
    assertThat(seeds.roots()).containsExactly("data.X");
  }

  @Test
  void takesNoSideWhereSeedsDisagree() {
    assertThat(AcrossSeeds.of(run(-0.3, 0.2, -0.4, 0.5)).get(0).side())
        .isEqualTo(AcrossSeeds.Side.NEITHER);
  }

  @Test
  void takesNoSideWhereTheCurvesAreTheSame() {
    assertThat(AcrossSeeds.of(run(0, 0, 0)).get(0).side()).isEqualTo(AcrossSeeds.Side.NEITHER);
    assertThat(AcrossSeeds.of(run(0, 0.1, 0.2)).get(0).side()).isEqualTo(AcrossSeeds.Side.NEITHER);
  }

  @Test
  void isSilentForTooFewSeeds() {
    assertThat(AcrossSeeds.of(run(-0.3, -0.2))).isEmpty();
  }

  private static JudgedRun run(double... meanRelative) {
    List<Judgement> judgements = new ArrayList<>();
    for (int seed = 0; seed < meanRelative.length; seed++) {
      CurveVerdict curve =
          new CurveVerdict.Departed(9, new CurveVerdict.Bias(meanRelative[seed], 1, 0), 1);
      judgements.add(
          new Judgement(
              new Instance(question(), seed, Dtype.FLOAT32, Products.BLAS),
              PAIR,
              Verdict.MISMATCH,
              "",
              List.of(new ProbeFinding.Missing("data.X")),
              new Evidence(
                  Optional.of(curve), new Liveness.NoTraining(), Map.of(), List.of(), List.of())));
    }
    return new JudgedRun(List.of(), judgements, List.of(), List.of());
  }

  private static Case question() {
    return Questions.of("c");
  }
}
