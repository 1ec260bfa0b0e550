package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

  /** Its value has no byte, so that an empty file would do. */
  private static final String NOTHING_OF_IT =
      "{\"op\": \"tensor\", \"dtype\": \"float32\", \"shape\": [0], \"digest\": \"x\", \"at\": 0}\n";

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void opensNoPipeInThePlaceOfValues() throws Exception {
    Files.writeString(folder.resolve("ops.jsonl"), NOTHING_OF_IT);
    pipe(folder.resolve("ops.bin"));

    assertThatThrownBy(() -> OpLog.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("ops.bin: is no regular file");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void opensNoPipeThatComesLater() throws Exception {
    Files.writeString(folder.resolve("ops.jsonl"), NOTHING_OF_IT);
    OpLog log = OpLog.read(folder).orElseThrow();
    pipe(folder.resolve("ops.bin"));

    assertThatThrownBy(() -> log.value(0))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("ops.bin: is no regular file");
  }

  private static void pipe(Path file) throws Exception {
    Process process = new ProcessBuilder("mkfifo", file.toString()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ops.jsonl", "ops.bin"})
  void followsNoLink(String name) throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    try (OpLogWriter writer = new OpLogWriter(elsewhere)) {
      writer.append(OpRecord.of("tensor", List.of(), Map.of()), POINTS);
    }
    for (String file : List.of("ops.jsonl", "ops.bin")) {
      if (file.equals(name)) {
        Files.createSymbolicLink(folder.resolve(file), elsewhere.resolve(file));
      } else {
        Files.copy(elsewhere.resolve(file), folder.resolve(file));
      }
    }

    assertThatThrownBy(() -> OpLog.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(name + ": is no regular file");
  }

  @Test
  void bringsBackEmptyTexts() throws Exception {
    OpRecord empty =
        new OpRecord("", List.of(), Map.of(), false, false, "", List.of(), "", null, "", 1, "");
    ContractJson.appendLine(folder.resolve("ops.jsonl"), empty);

    assertThat(OpLog.read(folder).orElseThrow().records()).containsExactly(empty);
  }

  @Test
  void keepsSeveralValuesUpToTheBound() throws Exception {
    int most = OpRecord.MOST_BYTES / Float.BYTES;
    HostTensor whole = HostTensor.ofFloats(List.of((long) most), new float[most]);
    try (OpLogWriter writer = new OpLogWriter(folder)) {
      assertThat(writer.append(OpRecord.of("zeros", List.of(), Map.of()), whole)).isZero();
      assertThat(writer.append(OpRecord.of("tensor", List.of(), Map.of()), POINTS)).isEqualTo(1);
    }

    OpLog log = OpLog.read(folder).orElseThrow();

    assertThat(log.value(0).orElseThrow().bitEquals(whole)).isTrue();
    assertThat(log.value(1).orElseThrow().bitEquals(POINTS)).isTrue();
    assertThat(OpLogWriter.digest(POINTS)).hasSize(32).isNotEqualTo(OpLogWriter.digest(whole));
  }

  @Test
  void refusesAnOffsetThatOverflows() throws Exception {
    Files.write(folder.resolve("ops.bin"), new byte[16]);
    Files.writeString(
        folder.resolve("ops.jsonl"),
        "{\"op\": \"randn\", \"dtype\": \"float32\", \"shape\": [4], \"digest\": \"00\", \"at\": %d}\n"
            .formatted(Long.MAX_VALUE - 3));

    assertThatThrownBy(() -> OpLog.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'at' points outside ops.bin");
  }

  @Test
  void refusesAResultWithoutAShapeOrWithTooLargeAOne() throws Exception {
    Files.writeString(
        folder.resolve("ops.jsonl"), "{\"op\": \"a\", \"dtype\": \"bool\", \"digest\": \"00\"}\n");
    assertThatThrownBy(() -> OpLog.read(folder)).hasMessageContaining("needs 'dtype' and 'shape'");

    Files.writeString(
        folder.resolve("ops.jsonl"),
        "{\"op\": \"a\", \"dtype\": \"bool\", \"shape\": [-1], \"digest\": \"00\", \"at\": 0}\n");
    assertThatThrownBy(() -> OpLog.read(folder)).hasMessageContaining("negative dimension");
  }
}
