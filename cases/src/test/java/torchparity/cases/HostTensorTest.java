package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostTensorTest {
  private static final HostTensor FLOATS = HostTensor.ofFloats(List.of(3L, 2L), 1, 2, 3, 4, 5, 6);

  @Test
  void readsElementsOfEveryDtype() {
    byte[] ints = {1, 0, 0, 0, -1, -1, -1, -1};
    byte[] bytes = {0, -1};
    HostTensor int32 = HostTensor.copyOf(Dtype.INT32, List.of(2L), ByteBuffer.wrap(ints));
    HostTensor uint8 = HostTensor.copyOf(Dtype.UINT8, List.of(2L), ByteBuffer.wrap(bytes));
    HostTensor int64 = HostTensor.ofLongs(List.of(2L), 7, (1L << 53) + 1);

    assertThat(FLOATS.getDouble(4)).isEqualTo(5);
    assertThat(HostTensor.ofDoubles(List.of(3L), 1, 2, 0.1).getDouble(2)).isEqualTo(0.1);
    assertThat(int32.getLong(0)).isEqualTo(1);
    assertThat(int32.getLong(1)).isEqualTo(-1);
    assertThat(uint8.getLong(1)).as("without a sign").isEqualTo(255);
    assertThat(int64.getLong(1)).isEqualTo((1L << 53) + 1);
    assertThat(int64.getDouble(1)).as("rounded").isEqualTo(0x1p53);
    assertThatThrownBy(() -> FLOATS.getLong(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not an integer tensor: float32[3, 2]");
  }

  @Test
  void selectsRows() {
    HostTensor last = FLOATS.row(2);

    assertThat(last.shape()).containsExactly(2L);
    assertThat(last.numel()).isEqualTo(2);
    assertThat(last.bitEquals(HostTensor.ofFloats(List.of(2L), 5, 6))).isTrue();
    assertThat(FLOATS.row(0).bitEquals(HostTensor.ofFloats(List.of(2L), 1, 2))).isTrue();
    assertThatThrownBy(() -> FLOATS.row(3)).hasMessage("row 3 of float32[3, 2]");
    assertThatThrownBy(() -> FLOATS.row(-1)).hasMessage("row -1 of float32[3, 2]");
  }

  @Test
  void isTheSameOnlyInDtypeShapeAndBits() {
    HostTensor zeros = HostTensor.ofFloats(List.of(2L), 0, 0);

    assertThat(zeros.bitEquals(HostTensor.ofFloats(List.of(2L), 0, 0))).isTrue();
    assertThat(zeros.bitEquals(HostTensor.ofFloats(List.of(2L), 0, -0f))).isFalse();
    assertThat(zeros.bitEquals(HostTensor.ofFloats(List.of(2L, 1L), 0, 0))).isFalse();
    assertThat(zeros.bitEquals(HostTensor.ofLongs(List.of(1L), 0))).isFalse();
    assertThat(HostTensor.ofDoubles(List.of(1L), 0).bitEquals(HostTensor.ofLongs(List.of(1L), 0)))
        .isFalse();
  }

  @Test
  void widensToDoublesExactly() {
    HostTensor wide = HostTensor.ofFloats(List.of(1L, 2L), 0.1f, -3).inDouble();

    assertThat(wide.bitEquals(HostTensor.ofDoubles(List.of(1L, 2L), 0.1f, -3))).isTrue();
  }

  @Test
  void boundsTheBytesOfATensor() {
    long most = Integer.MAX_VALUE;

    assertThat(HostTensor.byteCount(Dtype.UINT8, List.of(most))).isEqualTo(most);
    assertThat(HostTensor.byteCount(Dtype.FLOAT64, List.of(0L, 5L))).isZero();
    assertThatThrownBy(() -> HostTensor.byteCount(Dtype.UINT8, List.of(most + 1)))
        .hasMessageContaining("takes 2147483648 bytes; one tensor may take at most 2147483647");
    assertThatThrownBy(() -> HostTensor.byteCount(Dtype.UINT8, List.of(2L, -1L)))
        .hasMessageContaining("negative dimension");
  }

  @Test
  void refusesBytesThatDoNotFitTheShape() {
    assertThatThrownBy(() -> HostTensor.copyOf(Dtype.FLOAT32, List.of(2L), ByteBuffer.allocate(7)))
        .hasMessage("float32 tensor of shape [2] takes 8 bytes, got 7");
  }

  @Test
  void knowsDtypesByBothNames() {
    assertThat(Dtype.ofTorchName("int64")).hasValue(Dtype.INT64);
    assertThat(Dtype.ofTorchName("float16")).isEmpty();
    assertThat(Dtype.ofSafetensorsName("BOOL")).hasValue(Dtype.BOOL);
    assertThat(Dtype.UINT8).hasToString("uint8");
    for (Dtype dtype : Dtype.values()) {
      assertThat(dtype.isFloatingPoint()).isEqualTo(dtype.torchName().startsWith("float"));
    }
  }
}
