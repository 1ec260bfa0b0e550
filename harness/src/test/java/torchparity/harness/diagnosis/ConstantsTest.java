package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.harness.diagnosis.WrittenLogs.Line;

class ConstantsTest {
  @TempDir Path folder;

  /** The constant that an operation is given on the result of a line. */
  private Optional<Double> given(Line line) throws Exception {
    return Constants.of(new WrittenLogs(folder).graph(List.of(line, line("mul", 0.5, 0))), 1, 1);
  }

  @Test
  void readsPlainNumbers() throws Exception {
    OpGraph g = new WrittenLogs(folder).graph(List.of(line("add", 0.5, 3L)));

    assertThat(Constants.of(g, 0, 0)).hasValue(0.5);
    assertThat(Constants.of(g, 0, 1)).hasValue(3.0);
  }

  @Test
  void readsTensorsOfOneNumberAsTheShortestDecimal() throws Exception {
    Line tensor = line("tensor");

    assertThat(given(tensor.gives(0.7))).hasValue(0.7);
    assertThat(given(tensor.gives(HostTensor.ofDoubles(List.of(), 0.1f)))).hasValue((double) 0.1f);
    assertThat(given(tensor.gives(HostTensor.ofLongs(List.of(), 1L << 40)))).hasValue(0x1p40);
    assertThat(given(tensor.gives(int32(16_777_217)))).hasValue(16_777_217.0); // no float32
  }

  private static HostTensor int32(int value) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return HostTensor.copyOf(Dtype.INT32, List.of(), bytes.putInt(0, value));
  }

  @Test
  void takesNothingElseForAConstant() throws Exception {
    assertThat(given(line("tensor").gives(0.7, 0.8))).isEmpty();
    assertThat(given(line("tensor"))).isEmpty();
    assertThat(given(line("randn").gives(0.7))).isEmpty();
    assertThat(
            Constants.of(
                new WrittenLogs(folder)
                    .graph(
                        List.of(line("tensor").gives(1), line("sum", 0).gives(1), line("neg", 1))),
                2,
                0))
        .isEmpty();
  }
}
