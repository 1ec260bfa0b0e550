package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import torchparity.cases.Case;
import torchparity.cases.CaseFolder;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.cases.Products;
import torchparity.cases.Trace;
import torchparity.harness.run.Instance;

class LivenessTest {
  private static final int POINTS = 30;

  private static Liveness of(
      String caseName, int epochs, IntToDoubleFunction loss, double gradient, int right)
      throws Exception {
    Path cases = Path.of(System.getProperty("parity.root"), "cases");
    Case question =
        new CaseFolder(cases)
            .readAll().stream().filter(c -> c.name().equals(caseName)).findFirst().orElseThrow();
    Map<String, HostTensor> probes = new LinkedHashMap<>();
    probes.put("data.y", labels(0));
    probes.put("grad.w1", HostTensor.ofDoubles(List.of(2L), 0, gradient));
    probes.put(
        "train.loss",
        HostTensor.ofDoubles(
            List.of((long) epochs), IntStream.range(0, epochs).mapToDouble(loss).toArray()));
    probes.put("final.classes", labels(POINTS - right));
    Instance instance = new Instance(question, 42, Dtype.FLOAT64, Products.BLAS);
    return Liveness.of(instance, new Trace("test", probes, Map.of()));
  }

  /** Three classes in turn, the first {@code wrong} of them another. */
  private static HostTensor labels(int wrong) {
    long[] labels = LongStream.range(0, POINTS).map(i -> (i + (i < wrong ? 1 : 0)) % 3).toArray();
    return HostTensor.ofLongs(List.of((long) POINTS), labels);
  }

  private static double falling(int epoch) {
    return Math.exp(-epoch / 50.0);
  }

  @Test
  void knowsANetworkThatLearns() throws Exception {
    assertThat(of("sgd-training", 200, LivenessTest::falling, 0.1, 28))
        .isInstanceOf(Liveness.Learning.class);
  }

  @Test
  void callsALossThatHardlyFallsDead() throws Exception {
    Liveness found = of("sgd-training", 200, e -> 1 - 1e-4 * e, 0.1, 28);

    assertThat(found).isInstanceOf(Liveness.Dead.class);
    assertThat(((Liveness.Dead) found).why()).contains("200 epochs", "0.980 of the first");
  }

  @Test
  void callsChanceDead() throws Exception {
    assertThat(of("sgd-training", 200, LivenessTest::falling, 0.1, 10))
        .isInstanceOf(Liveness.Dead.class);
  }

  @Test
  void judgesARunOfMoreThanAHundredEpochs() throws Exception {
    assertThat(of("sgd-training", 100, e -> 1 - 1e-4 * e, 0.1, 10))
        .as("an exact run, as it is cut")
        .isInstanceOf(Liveness.TooShort.class);
    assertThat(of("sgd-training", 101, e -> 1 - 1e-4 * e, 0.1, 10))
        .isInstanceOf(Liveness.Dead.class);
  }

  @Test
  void callsWhatCannotLearnDeadHoweverShort() throws Exception {
    assertThat(of("sgd-training", 5, e -> 1, 0.1, 28))
        .isEqualTo(new Liveness.Dead("the loss is the same in every epoch"));
    assertThat(of("sgd-training", 5, LivenessTest::falling, 0, 28))
        .isEqualTo(new Liveness.Dead("all gradients of the first step are zero"));
    assertThat(of("sgd-training", 5, e -> e == 3 ? Double.NaN : falling(e), 0.1, 28))
        .isEqualTo(new Liveness.Dead("the loss of epoch 4 is NaN"));
    assertThat(of("sgd-training", 0, LivenessTest::falling, 0.1, 28))
        .isEqualTo(new Liveness.Dead("it trained no epoch"));
  }

  @Test
  void judgesByTheLossWhereNoClassesAreRecorded() throws Exception {
    assertThat(of("decision-grid", 200, LivenessTest::falling, 0.1, 0))
        .isEqualTo(new Liveness.Learning("after 200 epochs the loss is 0.0187 of the first"));
    assertThat(of("decision-grid", 200, e -> 1 - 1e-4 * e, 0.1, 28))
        .isInstanceOf(Liveness.Dead.class);
  }

  @Test
  void asksNothingOfACaseWithoutTraining() throws Exception {
    assertThat(of("data-blobs", 200, e -> 1, 0, 0)).isInstanceOf(Liveness.NoTraining.class);
  }
}
