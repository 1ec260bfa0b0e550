package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.Case;
import torchparity.cases.CaseFolder;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.cases.Products;
import torchparity.cases.Trace;
import torchparity.harness.allowance.Allowances;
import torchparity.harness.allowance.Noises;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;

/** Training over 200 epochs that can be predicted for 150: from there on runs scatter. */
class HorizonTest {
  private static final int EPOCHS = 200;
  private static final int PREDICTABLE = 150;
  private static final String CURVE = "train.loss";
  private static final Path CASES = Path.of(System.getProperty("parity.root")).resolve("cases");
  private static final Pair PAIR =
      new Pair(new Port("ref", "a", List.of()), new Port("mine", "b", List.of()), false);

  @TempDir Path folder;

  private Instance instance;
  private Allowances allowances;

  private static double loss(int epoch) {
    return Math.exp(-epoch / 50.0) + 0.05;
  }

  /** With the states after 100 and 200 epochs, and the final weight. */
  private static Map<String, HostTensor> run(
      IntToDoubleFunction loss, float first, float second, float last) {
    float[] curve = new float[EPOCHS];
    for (int e = 0; e < EPOCHS; e++) {
      curve[e] = (float) loss.applyAsDouble(e);
    }
    Map<String, HostTensor> probes = new LinkedHashMap<>();
    probes.put("data.y", HostTensor.ofLongs(List.of(3L), 0, 1, 2));
    probes.put("train.w1", HostTensor.ofFloats(List.of(2L, 1L), first, second));
    probes.put(CURVE, HostTensor.ofFloats(List.of((long) EPOCHS), curve));
    probes.put("final.w1", HostTensor.ofFloats(List.of(1L), last));
    probes.put("final.classes", HostTensor.ofLongs(List.of(3L), 0, 1, 2));
    return probes;
  }

  private static Map<String, HostTensor> run(IntToDoubleFunction loss) {
    return run(loss, 1, 1, 1);
  }

  @BeforeEach
  void makeNoise() throws Exception {
    Case question =
        new CaseFolder(CASES)
            .readAll().stream()
                .filter(c -> c.name().equals("sgd-training"))
                .findFirst()
                .orElseThrow();
    instance = new Instance(question, 42, Dtype.FLOAT32, Products.BLAS);
    Random random = new Random(1);
    List<Map<String, HostTensor>> noisy =
        Stream.generate(random::nextGaussian)
            .limit(8)
            .map(
                s ->
                    run(
                        e -> loss(e) * (1 + s * (e < PREDICTABLE ? 1e-6 : 0.2)),
                        (float) (1 + s * 1e-6),
                        (float) (1 + s * 1e-6),
                        (float) (1 + s * 1e-6)))
            .toList();
    allowances = Noises.of(instance, run(HorizonTest::loss), noisy, folder);
  }

  private Judgement judge(Map<String, HostTensor> candidate) {
    return judge(candidate, false);
  }

  private Judgement judge(Map<String, HostTensor> candidate, boolean stepsAgree) {
    Trace reference = new Trace("ref", run(HorizonTest::loss), Map.of());
    return new InstanceJudge(instance, PAIR, allowances, Optional.empty(), stepsAgree)
        .judge(
            new Outcome.Traced(reference),
            new Outcome.Traced(new Trace("mine", candidate, Map.of())));
  }

  private static ProbeFinding finding(Judgement judgement, String probe) {
    return judgement.findings().stream()
        .filter(f -> f.probe().equals(probe))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void allowsOtherLossesPastTheHorizonAlone() {
    Judgement past = judge(run(e -> loss(e) * (e <= PREDICTABLE ? 1 : 1.1)));

    assertThat(allowances.horizon(instance, CURVE)).isEqualTo(PREDICTABLE);
    assertThat(past.verdict()).isEqualTo(Verdict.MATCH);
    assertThat(past.evidence().curve().orElseThrow())
        .isInstanceOf(CurveVerdict.WithinDistribution.class);
  }

  @Test
  void refusesAnEpochBeforeTheHorizon() {
    Judgement early = judge(run(e -> loss(e) * (e == 2 ? 1.5 : 1)));

    assertThat(early.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(early.evidence().curve().orElseThrow().matches()).isFalse();
  }

  @Test
  void refusesALossThatIsLowerInEveryEpoch() {
    Judgement lower = judge(run(e -> loss(e) * 0.7));

    assertThat(lower.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(lower.evidence().curve().orElseThrow()).isInstanceOf(CurveVerdict.Biased.class);
  }

  @Test
  void refusesAStateBeforeTheHorizonAndNotOneAfter() {
    assertThat(finding(judge(run(HorizonTest::loss, 1, 1.5f, 1)), "train.w1"))
        .isInstanceOf(ProbeFinding.PastHorizon.class);
    assertThat(finding(judge(run(HorizonTest::loss, 1.5f, 1, 1)), "train.w1"))
        .isInstanceOf(ProbeFinding.ValueMismatch.class);
  }

  @Test
  void allowsAnotherEndOnlyIfTheCurveAgreesUpToTheHorizon() {
    assertThat(finding(judge(run(HorizonTest::loss, 1, 1, 1.5f)), "final.w1"))
        .isInstanceOf(ProbeFinding.PastHorizon.class);
    assertThat(finding(judge(run(e -> loss(e) * (e == 2 ? 1.5 : 1), 1, 1, 1.5f)), "final.w1"))
        .isInstanceOf(ProbeFinding.ValueMismatch.class);
  }

  @Test
  void refusesWhatIsNoNumberPastTheHorizon() {
    assertThat(finding(judge(run(HorizonTest::loss, 1, 1, Float.NaN)), "final.w1"))
        .isInstanceOf(ProbeFinding.ValueMismatch.class);
    assertThat(finding(judge(run(HorizonTest::loss, 1, Float.POSITIVE_INFINITY, 1)), "train.w1"))
        .isInstanceOf(ProbeFinding.ValueMismatch.class);
  }

  /** A thousandth of the first loss is a fiftieth of the last. */
  @Test
  void holdsALossToAShareOfItselfWhereStepsAgree() {
    Judgement within = judge(run(e -> loss(e) * (e > 100 ? 1 + 5e-4 : 1)), true);
    Judgement beyond = judge(run(e -> loss(e) - (e > 100 ? 1e-3 : 0)), true);

    assertThat(finding(within, CURVE))
        .isInstanceOfSatisfying(ProbeFinding.AtKink.class, k -> assertThat(k.supposed()).isTrue());
    assertThat(finding(beyond, CURVE)).isInstanceOf(ProbeFinding.ValueMismatch.class);
    assertThat(beyond.verdict()).isEqualTo(Verdict.MISMATCH);
  }
}
