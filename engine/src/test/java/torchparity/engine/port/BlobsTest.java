package torchparity.engine.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.engine.tensor.Scope;
import torchparity.engine.tensor.Torch;

class BlobsTest {
  @Test
  void keepsTheThirdBlobAroundItsOwnCentre() {
    Torch torch = Torch.start(1, Dtype.FLOAT64);
    torch.manualSeed(42);
    try (Scope scope = new Scope()) {
      HostTensor x = new Blobs(torch).generateData(30_000, 3, 0.7, 0.3).X().toHost();

      assertThat(x.shape()).isEqualTo(List.of(30_000L, 2L));
      // The standard error of a mean of 10,000 draws is 0.7 * sqrt(1 + 0.3^2) / 100 = 0.0073.
      assertThat(columnMean(x, 20_000, 30_000, 0)).isCloseTo(1.5, within5Sigma());
      assertThat(columnMean(x, 20_000, 30_000, 1)).isCloseTo(2.5, within5Sigma());
    }
  }

  private static org.assertj.core.data.Offset<Double> within5Sigma() {
    return org.assertj.core.data.Offset.offset(0.037);
  }

  private static double columnMean(HostTensor x, int from, int to, int column) {
    double sum = 0;
    for (int row = from; row < to; row++) {
      sum += x.getDouble(2 * row + column);
    }
    return sum / (to - from);
  }
}
