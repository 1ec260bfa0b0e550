package torchparity.harness.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecimationTest {
  @Test
  void keepsEveryExtremeAndTheEnds() {
    double[] curve = new double[100_000];
    curve[4321] = 9;
    curve[77_777] = -9;
    curve[50_000] = Double.NaN;

    int[] kept = new Decimation(150).keep(curve.length, List.of(curve));

    assertThat(kept).contains(0, 4321, 50_000, 77_777, 99_999).isSorted();
    assertThat(kept.length).isLessThan(600);
  }

  @Test
  void keepsAllOfAShortCurve() {
    assertThat(new Decimation(150).keep(3, List.of(new double[] {1, 2, 3})))
        .containsExactly(0, 1, 2);
  }
}
