package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.Programs.assertConfirmed;

import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
