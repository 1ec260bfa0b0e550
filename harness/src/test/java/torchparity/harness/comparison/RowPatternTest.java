package torchparity.harness.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

class RowPatternTest {
  private static final Allowance LITTLE = new Allowance.ByHand(0, 1e-3, "a test");

  @Test
  void findsABlockThatIsMovedByOneVector() {
    RowPattern pattern = moved(6, 2, new int[] {2, 3, 4}, 0.75, -0.5);

    assertThat(pattern.first()).isEqualTo(2);
    assertThat(pattern.last()).isEqualTo(4);
    assertThat(pattern.count()).isEqualTo(3);
    assertThat(pattern.rows()).isEqualTo(6);
    assertThat(pattern.isBlock()).isTrue();
    assertThat(pattern.shift()).hasSize(2);
    assertThat(pattern.shift().get(0)).isCloseTo(0.75, within(1e-12));
    assertThat(pattern.shift().get(1)).isCloseTo(-0.5, within(1e-12));
  }

  @Test
  void isNoBlockWithAGapOrWithAllRows() {
    assertThat(moved(4, 1, new int[] {0, 2}, 1).isBlock()).isFalse();
    assertThat(moved(3, 1, new int[] {0, 1, 2}, 1).isBlock()).isFalse();
    assertThat(moved(3, 1, new int[] {1}, 1).isBlock()).isTrue();
  }

  @Test
  void tellsAShiftOfSeveralRowsAndFewColumnsOnly() {
    double[] eight = {1, 1, 1, 1, 1, 1, 1, 1};
    double[] nine = {1, 1, 1, 1, 1, 1, 1, 1, 1};

    assertThat(moved(3, 1, new int[] {1}, 1).shift()).as("one row").isEmpty();
    assertThat(moved(3, 8, new int[] {0, 1}, eight).shift()).hasSize(8);
    assertThat(moved(3, 9, new int[] {0, 1}, nine).shift()).as("nine columns").isEmpty();
  }

  @Test
  void tellsAShiftOnlyWhereItIsTheSameToOnePartInAThousand() {
    HostTensor e = HostTensor.ofDoubles(List.of(2L, 2L), 0, 0, 0, 0);

    assertThat(find(e, HostTensor.ofDoubles(List.of(2L, 2L), 8, 1, 8.007, 1)).shift()).hasSize(2);
    assertThat(find(e, HostTensor.ofDoubles(List.of(2L, 2L), 8, 1, 8, 1.009)).shift()).isEmpty();
    assertThat(find(e, HostTensor.ofDoubles(List.of(2L, 2L), 8, 1, -8, 1)).shift()).isEmpty();
  }

  @Test
  void findsNoRowWhereAllIsAllowed() {
    HostTensor e = HostTensor.ofDoubles(List.of(2L), 1, Double.POSITIVE_INFINITY);

    assertThat(find(e, HostTensor.ofDoubles(List.of(2L), 1 + 1e-3 / 2, Double.POSITIVE_INFINITY)))
        .isEqualTo(new RowPattern(-1, -1, 0, 2, List.of()));
    assertThat(find(e, HostTensor.ofDoubles(List.of(2L), Double.NaN, 1)).count()).isEqualTo(2);
  }

  @Test
  void takesAScalarForOneRow() {
    RowPattern one = find(HostTensor.ofDoubles(List.of(), 1), HostTensor.ofDoubles(List.of(), 2));

    assertThat(one).isEqualTo(new RowPattern(0, 0, 1, 1, List.of()));
    assertThat(one.isBlock()).isFalse();
  }

  @Test
  void allowsTheBoundOfARowAndAUnitInTheLastPlace() {
    double[] bounds = {0.5, 2};
    Allowance.Computed doubles = new Allowance.Computed(bounds, 3, Dtype.FLOAT64);
    bounds[0] = 100;

    assertThat(doubles.at(2, 1)).isEqualTo(0.5 + Math.ulp(1.0));
    assertThat(doubles.at(3, 1)).isEqualTo(2 + Math.ulp(1.0));
    assertThat(new Allowance.Computed(bounds, 3, Dtype.FLOAT32).at(5, 1))
        .isEqualTo(2 + (double) Math.ulp(1f));
    assertThat(new Allowance.Computed(new double[] {1, 3}, 0, Dtype.FLOAT64).at(1, 0))
        .isEqualTo(3 + Double.MIN_VALUE);
    assertThat(doubles.rows()).containsExactly(0.5, 2);
    assertThat(doubles.isExact()).isFalse();
  }

  @Test
  void allowsWhatAPersonSets() {
    Allowance.ByHand hand = new Allowance.ByHand(0.5, 0.25, "a test");

    assertThat(hand.at(7, -4)).isEqualTo(2.25);
    assertThat(new Allowance.Exact().at(0, 5)).isZero();
    assertThatThrownBy(() -> new Allowance.ByHand(-1, 0, "")).hasMessageContaining("rtol -1.0");
    assertThatThrownBy(() -> new Allowance.ByHand(0, -1, "")).hasMessageContaining("atol -1.0");
    assertThatThrownBy(() -> new Allowance.ByHand(0, Double.POSITIVE_INFINITY, ""))
        .hasMessageContaining("atol Infinity");
    assertThatThrownBy(() -> new Allowance.ByHand(Double.POSITIVE_INFINITY, 0, ""))
        .hasMessageContaining("rtol Infinity");
  }

  /** What is found where {@code which} rows of {@code rows} are moved by {@code by}. */
  private static RowPattern moved(int rows, int width, int[] which, double... by) {
    double[] e = new double[rows * width];
    Arrays.setAll(e, i -> i * 0.5);
    double[] a = e.clone();
    for (int row : which) {
      for (int column = 0; column < width; column++) {
        a[row * width + column] += by[column];
      }
    }
    List<Long> shape = List.of((long) rows, (long) width);
    return find(HostTensor.ofDoubles(shape, e), HostTensor.ofDoubles(shape, a));
  }

  private static RowPattern find(HostTensor expected, HostTensor actual) {
    return RowPattern.find(expected, actual, LITTLE);
  }
}
