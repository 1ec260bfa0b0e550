package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.Programs.assertConfirmed;

import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import torchparity.engine.tensor.Tensor;
import torchparity.harness.diagnosis.Programs.Program;

class ReportedTest {
  @TempDir Path folder;

  /** Means that are read, changed, and recorded together. */
  private static Program reporting(int times, DoubleUnaryOperator change) {
    return (t, log) -> {
      Tensor x = t.randn(3, 2);
      double[] means = new double[times];
      for (int i = 0; i < times; i++) {
        means[i] = t.mean(t.mul(x, i + 1)).item();
      }
      double[] changed = DoubleStream.of(means).map(change).toArray();
      log.probe("means", t.tensor(List.of((long) times), changed));
    };
  }

  private Search.Result found(int times, DoubleUnaryOperator change) throws Exception {
    return new Programs(folder).search(reporting(times, v -> v), reporting(times, change));
  }

  @Test
  void tellsByWhatNumbersAreScaled() throws Exception {
    Search.Result found = found(5, v -> v * 300);

    assertConfirmed(found, Cause.SCALE);
    assertThat(found.findings().get(0).claim()).isEqualTo("`means` is recorded times 300");
  }

  @Test
  void tellsByWhatNumbersAreDivided() throws Exception {
    Search.Result found = found(5, v -> v / 7);

    assertConfirmed(found, Cause.SCALE);
    assertThat(found.findings().get(0).claim()).isEqualTo("`means` is recorded divided by 7");
  }

  @Test
  void tellsToHowManyDecimalsNumbersAreRounded() throws Exception {
    Search.Result found = found(5, v -> Math.round(v * 100) / 100.0);

    assertConfirmed(found, Cause.WRONG_PROBE);
    assertThat(found.findings().get(0).claim())
        .isEqualTo("`means` is recorded rounded to 2 decimals");
  }

  @Test
  void doesNotTakeTheRatioOfOneNumberForAScale() throws Exception {
    assertThat(found(1, v -> v * 300).status()).isNotEqualTo(Diagnosis.Status.CONFIRMED);
  }

  private String proposals(String expected, String actual) throws Exception {
    String program = "tensor -> %s | probe 0 name=x";
    Divergence d =
        new WrittenLogs(folder).between(program.formatted(expected), program.formatted(actual));
    return Proposals.of(new Reported().about(d));
  }

  @ParameterizedTest
  @CsvSource({
    "[1.26 2.5], [1 3], rounded to 0 decimals", // half is rounded up
    "[1.26 2.25], [1.3 2.3], rounded to 1 decimals",
    "float64 [1.2345678 2.5], float64 [1.234568 2.5], rounded to 6 decimals",
  })
  void tellsToHowManyDecimalsNumbersWereRounded(String expected, String actual, String how)
      throws Exception {
    assertThat(proposals(expected, actual).lines().findFirst())
        .hasValue("WRONG_PROBE 0: `x` is recorded " + how);
  }

  @ParameterizedTest
  @CsvSource({
    "[1.5 2.5 0.125], [3 5 0.25], times 2",
    "[1.5 2.5 0.125], [-3 -5 -0.25], times -2",
    "[3 5 0.25], [1.5 2.5 0.125], divided by 2",
    "[1.5 2.5], [3.75 6.25], times 2.5",
    "float64 [3 6], float64 [1 2], divided by 3",
    "[2 4], [0.6 1.2], divided by 3.33333",
    "[1 7 11], [0.33333334 2.3333333 3.6666667], divided by 3", // not times 0.33333334
  })
  void tellsByWhichFactorNumbersWereScaled(String expected, String actual, String how)
      throws Exception {
    assertThat(proposals(expected, actual).lines().findFirst())
        .hasValue("SCALE 0: `x` is recorded " + how);
  }

  @ParameterizedTest
  @CsvSource({
    "[1.5 2.5], [3 5.1]",
    "[1.5 2.5], [3 5 7]",
    "[1.5], [3]",
    "[1.5 1.5], [3 3]", // any two numbers have a ratio
    "[1.5 NaN], [3 NaN]",
    "[1.2 1.4], [1 1]",
    "[1.5 2.5], [0 0]",
    "int64 [1 2], int64 [2 4]",
    "float64 [1 2], [2 4]",
  })
  void proposesNothingForOtherNumbers(String expected, String actual) throws Exception {
    assertThat(proposals(expected, actual)).isEmpty();
  }

  @Test
  void looksAtTheFirstProbeThatDiffers() throws Exception {
    String program =
        "tensor -> [1 2] | tensor -> [1.5 2.5] | probe 0 name=a | probe 1 name=b | probe 0 name=%s";
    String there =
        "tensor -> [1 2] | tensor -> [3 5] | probe 0 name=other | probe 0 name=a | probe 1 name=b";
    Divergence d = new WrittenLogs(folder).between(program.formatted("c"), there);

    assertThat(Proposals.of(new Reported().about(d)))
        .isEqualTo(
            "SCALE 1: `b` is recorded times 2\n  before input 0 of [3]: detach([3.0 5.0])\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"randn -> 1 | mul 0 #2 -> [3 5]", "randn -> 1 | backward 0"})
  void leavesWhatIsComputedInTorchToOthers(String there) throws Exception {
    Divergence d =
        new WrittenLogs(folder)
            .between("tensor -> [1.5 2.5] | probe 0 name=x", there + " | probe 1 name=x");

    assertThat(new Reported().about(d)).isEmpty();
  }
}
