package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpLogTest {
  private static final HostTensor POINTS = HostTensor.ofFloats(List.of(2L, 1L), Float.NaN, -0.0f);

  @TempDir Path folder;

  @Test
  void bringsBackWhatWasWritten() throws Exception {
    try (OpLogWriter writer = new OpLogWriter(folder)) {
      writer.append(OpRecord.of("tensor", List.of(), Map.of()), POINTS);
      writer.append(
          OpRecord.of("sum", List.of(JsonNodeFactory.instance.numberNode(0)), Map.of()), null);
    }

    OpLog log = OpLog.read(folder).orElseThrow();

    assertThat(log.records()).extracting(OpRecord::op).containsExactly("tensor", "sum");
    assertThat(log.value(0).orElseThrow().bitEquals(POINTS)).isTrue();
    assertThat(log.value(1)).isEmpty();
    assertThat(log.records().get(1).source(0)).hasValue(0);
    assertThat(log.records().get(1).source(1)).isEmpty();
  }

  @Test
  void keepsOnlyTheDigestOfLargeValues() throws Exception {
    HostTensor large = HostTensor.ofFloats(List.of(20_000L), new float[20_000]);
    try (OpLogWriter writer = new OpLogWriter(folder)) {
      writer.append(OpRecord.of("zeros", List.of(), Map.of()), large);
    }

    OpLog log = OpLog.read(folder).orElseThrow();

    assertThat(log.value(0)).isEmpty();
    assertThat(log.records().get(0).digest()).isEqualTo(OpLogWriter.digest(large));
  }

  @Test
  void isNotThereWhereNothingWasLogged() throws Exception {
    assertThat(OpLog.read(folder)).isEmpty();
  }

  @Test
  void refusesAnInputFromTheFuture() throws Exception {
    Files.writeString(folder.resolve("ops.jsonl"), "{\"op\": \"neg\", \"inputs\": [0]}\n");

    assertThatThrownBy(() -> OpLog.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("line 1: an input names a result that is not there yet");
  }

  @Test
  void refusesAValueOutsideOfItsFile() throws Exception {
    Files.writeString(
        folder.resolve("ops.jsonl"),
        "{\"op\": \"randn\", \"dtype\": \"float32\", \"shape\": [4], \"digest\": \"00\", \"at\": 0}\n");

    assertThatThrownBy(() -> OpLog.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'at' points outside ops.bin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"shape\": [500000000], \"at\": 0",
        "\"shape\": [-1], \"at\": 0",
        "\"shape\": [1], \"at\": -4",
        "\"shape\": [1], \"at\": 9223372036854775807, \"digest\": \"00\""
      })
  void refusesAValueThatCannotBeInItsFileWithADigestOrWithout(String fields) throws Exception {
    Files.writeString(
        folder.resolve("ops.jsonl"),
        "{\"op\": \"randn\", \"dtype\": \"float32\", " + fields + "}\n");

    assertThatThrownBy(() -> OpLog.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("ops.jsonl: line 1: ");
  }

  @Test
  void bringsBackEmptyTexts() throws Exception {
    OpRecord empty =
        new OpRecord("", List.of(), Map.of(), false, false, "", List.of(), "", null, "", 1, "");
    ContractJson.appendLine(folder.resolve("ops.jsonl"), empty);

    assertThat(OpLog.read(folder).orElseThrow().records()).containsExactly(empty);
  }
}
