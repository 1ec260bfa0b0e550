package torchparity.harness.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static torchparity.harness.assertions.TensorAssert.assertThatTensor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;

class TensorAssertTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));

  @TempDir Path folder;

  /** Pairs (actual, expected) of one dtype, each as Python writes them. */
  private static final List<List<String>> PAIRS =
      List.of(
          List.of("float32", "[1, 2, 3]", "[1, 2, 2.5]"),
          List.of("float32", "[1, 2, 3]", "[1, 2.00001, 3]"),
          List.of("float64", "[1, 2, 3]", "[1.0000001, 2, 3]"),
          List.of("float64", "[[1, 2], [3, 4]]", "[[1, 2], [3, 4.5e-7]]"),
          List.of("float64", "[nan, inf, -inf]", "[nan, inf, 1]"),
          List.of("float64", "[0, 5e20]", "[1e-9, 4e20]"),
          List.of("float64", "2.5", "2.0"),
          List.of("int64", "[1, 2, 3]", "[1, 2, 5]"),
          List.of("float32", "[1, 2]", "[1, 2, 3]"));

  @Test
  void saysWhatPyTorchSays() throws Exception {
    List<String> said = new ArrayList<>();
    for (List<String> pair : PAIRS) {
      String message = "close";
      try {
        assertThatTensor(tensor(pair.get(0), pair.get(1)))
            .isCloseTo(tensor(pair.get(0), pair.get(2)));
      } catch (AssertionError e) {
        message = String.valueOf(e.getMessage());
      }
      said.add(message);
    }

    assertThat(said).isEqualTo(messagesOfPyTorch());
  }

  /** The example of the README. */
  @Test
  void passesWithinPyTorchsDefaults() {
    HostTensor expected = HostTensor.ofFloats(List.of(3L), 1f, 2f, 3f);
    HostTensor actual = HostTensor.ofFloats(List.of(3L), 1f, 2f, 3.000001f);

    assertThatTensor(actual).isCloseTo(expected);
    assertThatThrownBy(() -> assertThatTensor(actual).isEqualInEveryBit(expected))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Mismatched elements: 1 / 3 (33.3%)");
  }

  @Test
  void checksTheDtype() {
    HostTensor single = HostTensor.ofFloats(List.of(1L), 1f);
    HostTensor twice = HostTensor.ofDoubles(List.of(1L), 1);

    assertThatThrownBy(() -> assertThatTensor(single).isCloseTo(twice))
        .hasMessage(
            "The values for attribute 'dtype' do not match: torch.float32 != torch.float64.");
  }

  private List<String> messagesOfPyTorch() throws Exception {
    StringBuilder program = new StringBuilder("import torch\nfrom math import nan, inf\n");
    for (List<String> pair : PAIRS) {
      program.append(
          """
          try:
              torch.testing.assert_close(torch.tensor(%s, dtype=torch.%s), torch.tensor(%s, dtype=torch.%s))
              print("close", end="\\0")
          except AssertionError as e:
              print(e, end="\\0")
          """
              .formatted(pair.get(1), pair.get(0), pair.get(2), pair.get(0)));
    }
    Path file = Files.writeString(folder.resolve("said.py"), program);
    Path out = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(ROOT.resolve("python/.venv/bin/python").toString(), file.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return List.of(new String(Files.readAllBytes(out), StandardCharsets.UTF_8).split("\0"));
  }

  private static HostTensor tensor(String dtype, String text) {
    long[] shape = shape(text);
    List<Long> dims = new ArrayList<>();
    for (long size : shape) {
      dims.add(size);
    }
    double[] values =
        List.of(text.replaceAll("[\\[\\] ]", "").split(",")).stream()
            .mapToDouble(TensorAssertTest::number)
            .toArray();
    return switch (dtype) {
      case "float64" -> HostTensor.ofDoubles(dims, values);
      case "int64" ->
          HostTensor.ofLongs(
              dims, java.util.Arrays.stream(values).mapToLong(v -> (long) v).toArray());
      default -> {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) values[i];
        }
        yield HostTensor.ofFloats(dims, floats);
      }
    };
  }

  private static long[] shape(String text) {
    long all = text.chars().filter(c -> c == ',').count() + 1;
    return text.startsWith("[[")
        ? new long[] {2, all / 2}
        : text.startsWith("[") ? new long[] {all} : new long[0];
  }

  private static double number(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
