package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our tensor files against Python's safetensors, both ways, bit by bit. */
class SafetensorsCrossTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));

  /** Reads a file with Python's library, checks dtypes and shapes, and writes it again. */
  private static final String COPY =
      """
      import sys
      from safetensors.torch import load_file, save_file
      tensors = load_file(sys.argv[1])
      for name, t in sorted(tensors.items()):
          print(name, str(t.dtype).removeprefix("torch."), list(t.shape))
      save_file(tensors, sys.argv[2])
      """;

  @TempDir Path folder;

  @Test
  void survivesAWayThroughPythonAndBack() throws Exception {
    Map<String, HostTensor> written = everyKind();
    Path ours = folder.resolve("ours.safetensors");
    Path theirs = folder.resolve("theirs.safetensors");
    Safetensors.write(ours, written);

    List<String> seen = python(COPY, ours, theirs);

    Map<String, HostTensor> read = Safetensors.read(theirs);
    assertThat(read).containsOnlyKeys(written.keySet());
    written.forEach(
        (name, tensor) ->
            assertThat(Objects.requireNonNull(read.get(name)).bitEquals(tensor)).as(name).isTrue());
    assertThat(seen)
        .contains("bool bool [4]", "empty float32 [0, 3]", "scalar float64 []", "uint8 uint8 [2]");
  }

  private static Map<String, HostTensor> everyKind() {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    tensors.put(
        "float32",
        HostTensor.ofFloats(
            List.of(6L),
            -0.0f,
            Float.intBitsToFloat(0x7fc01234),
            Float.intBitsToFloat(0xffa00001),
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MIN_VALUE));
    tensors.put(
        "float64",
        HostTensor.ofDoubles(
            List.of(2L, 3L),
            -0.0,
            Double.longBitsToDouble(0x7ff8dead_beef0001L),
            Double.longBitsToDouble(0xfff4000000000001L),
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE));
    tensors.put("int64", HostTensor.ofLongs(List.of(2L), Long.MIN_VALUE, (1L << 53) + 1));
    tensors.put("int32", raw(Dtype.INT32, List.of(2L), 0, 0, 0, -128, 1, 2, 3, 4));
    tensors.put("uint8", raw(Dtype.UINT8, List.of(2L), 0, -1));
    tensors.put("bool", raw(Dtype.BOOL, List.of(4L), 0, 1, 1, 0));
    tensors.put("scalar", HostTensor.ofDoubles(List.of(), Math.PI));
    tensors.put("empty", HostTensor.ofFloats(List.of(0L, 3L)));
    return tensors;
  }

  private static HostTensor raw(Dtype dtype, List<Long> shape, int... bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int b : bytes) {
      buffer.put((byte) b);
    }
    return HostTensor.copyOf(dtype, shape, buffer.flip());
  }

  private List<String> python(String program, Path... arguments)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                ROOT.resolve("python/.venv/bin/python").toString(),
                "-c",
                program,
                arguments[0].toString(),
                arguments[1].toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readAllLines(output);
  }
}
