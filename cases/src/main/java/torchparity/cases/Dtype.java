package torchparity.cases;

import java.util.Arrays;
import java.util.Optional;

/**
 * Element type of a tensor that travels in a trace, under its PyTorch name ({@code float32}) and
 * its safetensors name ({@code F32}).
 */
public enum Dtype {
  FLOAT32("float32", "F32", 4),
  FLOAT64("float64", "F64", 8),
  INT32("int32", "I32", 4),
  INT64("int64", "I64", 8),
  UINT8("uint8", "U8", 1),
  BOOL("bool", "BOOL", 1);

  private final String torchName;
  private final String safetensorsName;
  private final int bytes;

  Dtype(String torchName, String safetensorsName, int bytes) {
    this.torchName = torchName;
    this.safetensorsName = safetensorsName;
    this.bytes = bytes;
  }

  /** The name PyTorch prints after {@code torch.}, for example {@code float32}. */
  public String torchName() {
    return torchName;
  }

  /** The name in a safetensors header, for example {@code F32}. */
  public String safetensorsName() {
    return safetensorsName;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  public boolean isFloatingPoint() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /** The dtype PyTorch calls {@code name}, or empty if traces cannot carry it. */
  public static Optional<Dtype> ofTorchName(String name) {
    return Arrays.stream(values()).filter(d -> d.torchName.equals(name)).findFirst();
  }

  /** The dtype a safetensors header calls {@code name}, or empty if traces cannot carry it. */
  public static Optional<Dtype> ofSafetensorsName(String name) {
    return Arrays.stream(values()).filter(d -> d.safetensorsName.equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return torchName;
  }
}
