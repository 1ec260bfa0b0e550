package torchparity.cases;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our tensor files against Python's safetensors: every dtype, as a vector of awkward values, 0-d
 * and empty. Each side writes, the other reads, and both hold the bytes against the same literals.
 */
class SafetensorsCrossTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));

  /** Writes a file from lines of name, dtype, shape and bytes. */
  private static final String AUTHOR =
      """
      import json, sys, torch
      from safetensors.torch import save_file
      tensors = {}
      for line in open(sys.argv[1]):
          name, dtype, shape, data = line.rstrip("\\n").split("|")
          kind, sizes = getattr(torch, dtype), json.loads(shape)
          data = bytearray.fromhex(data)
          flat = torch.frombuffer(data, dtype=kind) if data else torch.empty(0, dtype=kind)
          tensors[name] = flat.reshape(sizes)
      save_file(tensors, sys.argv[2])
      """;

  /** Says in such lines what a file holds. */
  private static final String TELL =
      """
      import sys, torch
      from safetensors.torch import load_file
      with open(sys.argv[2], "w") as out:
          for name, t in load_file(sys.argv[1]).items():
              raw = t.reshape(-1).view(torch.uint8).numpy().tobytes() if t.numel() else b""
              dtype = str(t.dtype).removeprefix("torch.")
              print(name, dtype, list(t.shape), raw.hex(), sep="|", file=out)
      """;

  /** Names, dtypes, and the little-endian bytes of values; the first one is also the scalar. */
  private static final List<Known> VALUES =
      List.of(
          // NaN with a payload, -NaN, -0.0, inf, -inf, the least subnormal, the greatest
          new Known(
              Dtype.FLOAT32,
              List.of(7L),
              "3412c07f"
                  + "0100a0ff"
                  + "00000080"
                  + "0000807f"
                  + "000080ff"
                  + "01000000"
                  + "ffff7f7f"),
          new Known(
              Dtype.FLOAT64,
              List.of(2L, 3L),
              "0100efbeaddef87f"
                  + "010000000000f4ff"
                  + "0000000000000080"
                  + "000000000000f07f"
                  + "000000000000f0ff"
                  + "0100000000000000"),
          // the least, 2^53 + 1, -1
          new Known(
              Dtype.INT64,
              List.of(3L),
              "0000000000000080" + "0100000000002000" + "ffffffffffffffff"),
          new Known(Dtype.INT32, List.of(3L), "00000080" + "ffffff7f" + "feffffff"),
          new Known(Dtype.UINT8, List.of(3L), "ff0080"),
          new Known(Dtype.BOOL, List.of(4L), "01000001"));

  @TempDir Path folder;

  /** A tensor by its bytes. */
  private record Known(Dtype dtype, List<Long> shape, String hex) {
    String name() {
      return dtype + "-" + shape.size() + (hex.isEmpty() ? "-empty" : "");
    }

    String line() {
      return "%s|%s|%s|%s".formatted(name(), dtype.torchName(), shape, hex);
    }

    HostTensor tensor() {
      ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
      return HostTensor.copyOf(dtype, shape, bytes.order(ByteOrder.LITTLE_ENDIAN));
    }

    Known scalar() {
      return new Known(dtype, List.of(), hex.substring(0, 2 * dtype.bytes()));
    }

    Known empty() {
      return new Known(dtype, List.of(0L, 3L), "");
    }
  }

  private static List<Known> everyKind() {
    return VALUES.stream().flatMap(v -> Stream.of(v, v.scalar(), v.empty())).toList();
  }

  @Test
  void readsWhatPythonWrote() throws Exception {
    Path lines = folder.resolve("lines.txt");
    Path file = folder.resolve("theirs.safetensors");
    Files.write(lines, everyKind().stream().map(Known::line).toList());

    python(AUTHOR, lines, file);

    Map<String, HostTensor> read = Safetensors.read(file);
    assertThat(read).hasSize(18);
    for (Known known : everyKind()) {
      assertThat(requireNonNull(read.get(known.name())).bitEquals(known.tensor()))
          .as(known.line())
          .isTrue();
    }
    HostTensor floats = requireNonNull(read.get("float32-1"));
    assertThat(1 / floats.getDouble(2)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(floats.getDouble(3)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(floats.getDouble(6)).isEqualTo(Float.MAX_VALUE);
  }

  @Test
  void writesWhatPythonReads() throws Exception {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    everyKind().forEach(known -> tensors.put(known.name(), known.tensor()));
    tensors.put("typed", HostTensor.ofFloats(List.of(2L), -0.0f, Float.intBitsToFloat(0x7fc01234)));
    Path file = folder.resolve("ours.safetensors");
    Path lines = folder.resolve("lines.txt");
    Safetensors.write(file, tensors);

    python(TELL, file, lines);

    List<String> expected = new ArrayList<>(everyKind().stream().map(Known::line).toList());
    expected.add("typed|float32|[2]|000000803412c07f");
    assertThat(Files.readAllLines(lines)).containsExactlyInAnyOrderElementsOf(expected);
  }

  private void python(String program, Path... arguments) throws IOException, InterruptedException {
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
  }
}
