package torchparity.harness.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.cases.HostTensor;
import torchparity.harness.comparison.ProbeFinding.DtypeMismatch;
import torchparity.harness.comparison.ProbeFinding.ShapeMismatch;
import torchparity.harness.comparison.ProbeFinding.ValueMismatch;

class TensorComparisonTest {
  private static final Allowance CLOSE = new Allowance.ByHand(1e-5, 1e-8, "a test");
  private static final Allowance EXACT = new Allowance.Exact();

  @ParameterizedTest
  @CsvSource({
    "1, 1, true, true",
    "1, 1.000001, true, false",
    "1, 1.1, false, false",
    "NaN, NaN, false, true",
    "NaN, 1, false, false",
    "1, NaN, false, false",
    "Infinity, Infinity, true, true",
    "Infinity, -Infinity, false, false",
    "Infinity, 1, false, false",
    "1, Infinity, false, false",
    "0.0, -0.0, true, false",
    "0, 4.9E-324, true, false",
  })
  void knowsWhichNumbersAreEqual(double expected, double actual, boolean close, boolean exact) {
    HostTensor e = HostTensor.ofDoubles(List.of(), expected);
    HostTensor a = HostTensor.ofDoubles(List.of(), actual);

    assertThat(TensorComparison.compare("p", e, a, CLOSE).matches()).isEqualTo(close);
    assertThat(TensorComparison.compare("p", e, a, EXACT).matches()).isEqualTo(exact);
  }

  @Test
  void reportsTheIndexOfOneBadElementInAMillion() {
    float[] values = new float[1_000_000];
    java.util.Arrays.fill(values, 2f);
    HostTensor expected = HostTensor.ofFloats(List.of(1000L, 1000L), values);
    values[123_456] = 2.5f;

    ProbeFinding finding =
        TensorComparison.compare(
            "p", expected, HostTensor.ofFloats(List.of(1000L, 1000L), values), CLOSE);

    assertThat(finding).isInstanceOf(ValueMismatch.class);
    Difference d = ((ValueMismatch) finding).difference();
    assertThat(d.statistics().mismatched()).isEqualTo(1);
    assertThat(d.statistics().maxAbsolute()).isEqualTo(0.5);
    assertThat(d.maxAbsoluteIndex()).containsExactly(123L, 456L);
    assertThat(d.statistics().maxRelative()).isCloseTo(0.25, within(1e-15));
    assertThat(d.statistics().maxUlp()).isEqualTo(1L << 21);
  }

  @Test
  void comparesDtypeAndShapeBeforeValues() {
    HostTensor f32 = HostTensor.ofFloats(List.of(2L), 1, 2);
    HostTensor f64 = HostTensor.ofDoubles(List.of(2L), 1, 2);
    HostTensor row = HostTensor.ofFloats(List.of(1L, 2L), 1, 2);

    assertThat(TensorComparison.compare("p", f32, f64, CLOSE)).isInstanceOf(DtypeMismatch.class);
    assertThat(TensorComparison.compare("p", f32, row, CLOSE)).isInstanceOf(ShapeMismatch.class);
  }

  @Test
  void seesAnIntegerDifferenceThatDoublesCannotShow() {
    HostTensor e = HostTensor.ofLongs(List.of(1L), 1L << 53);
    HostTensor a = HostTensor.ofLongs(List.of(1L), (1L << 53) + 1);

    assertThat(TensorComparison.compare("p", e, a, EXACT).matches()).isFalse();
  }

  @Test
  void neverMatchesWithoutElements() {
    HostTensor empty = HostTensor.ofFloats(List.of(0L, 3L));

    ProbeFinding finding = TensorComparison.compare("p", empty, empty, CLOSE);

    assertThat(finding).isInstanceOf(ProbeFinding.Empty.class);
    assertThat(finding.matches()).isFalse();
  }

  @Test
  void refusesAToleranceThatIsNotANumber() {
    assertThatThrownBy(() -> new Allowance.ByHand(Double.NaN, 0, ""))
        .hasMessageContaining("rtol NaN");
  }

  @Test
  void showsWhatIsAllowedAtAnIntegerInProportionToIt() {
    HostTensor expected = HostTensor.ofLongs(List.of(2L), 10, 20);
    HostTensor actual = HostTensor.ofLongs(List.of(2L), 10, 40);
    Allowance half = new Allowance.ByHand(0.5, 1, "a test");

    ProbeFinding finding = TensorComparison.compare("data.y", expected, actual, half);

    assertThat(finding.measured().orElseThrow().allowed()).isEqualTo(11);
  }
}
