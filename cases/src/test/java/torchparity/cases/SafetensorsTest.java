package torchparity.cases;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void keepsEveryBitOfEveryDtype() throws IOException {
    Map<String, HostTensor> written = new LinkedHashMap<>();
    written.put(
        "f32",
        HostTensor.ofFloats(
            List.of(2L, 3L),
            -0.0f,
            Float.intBitsToFloat(0x7fc0beef),
            Float.NEGATIVE_INFINITY,
            Float.MIN_VALUE,
            1f,
            Float.MAX_VALUE));
    written.put("f64", HostTensor.ofDoubles(List.of(2L), Double.POSITIVE_INFINITY, -0.0));
    written.put("i64", HostTensor.ofLongs(List.of(1L, 2L), Long.MIN_VALUE, (1L << 53) + 1));
    written.put("scalar", HostTensor.ofFloats(List.of(), 0.5f));
    written.put("empty", HostTensor.ofFloats(List.of(0L, 4L)));
    Path file = folder.resolve("a.safetensors");

    Safetensors.write(file, written);
    Map<String, HostTensor> read = Safetensors.read(file);

    assertThat(read.keySet()).containsExactlyElementsOf(written.keySet());
    written.forEach(
        (name, t) -> assertThat(requireNonNull(read.get(name)).bitEquals(t)).as(name).isTrue());
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}    | dtype 'F16' is not carried
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}    | do not span the 8 bytes
          {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}   | non-negative integers
          {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}  | non-negative integers
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}    | starts at byte 4, expected 0
          {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}} | overflows
          {"a":{"dtype":"F32","shape":[],"data_offsets":[0]}}       | must be two numbers
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{}} | Duplicate field
          {}                                                        | tensors end at byte 0
          []                                                        | not a JSON object
          {"a"                                                      | not JSON
          """)
  void namesWhatIsWrongWithAHeader(String header, String problem) throws IOException {
    Path file = fileWith(header, new byte[4]);

    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("bad.safetensors: ")
        .hasMessageContaining(problem);
  }

  @Test
  void refusesALengthThatLies() throws IOException {
    Path file = folder.resolve("lie.safetensors");
    Files.write(file, new byte[] {-1, -1, -1, -1, -1, -1, -1, 127, '{', '}'});

    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("does not fit a file of 10 bytes");
  }

  private Path fileWith(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer b = ByteBuffer.allocate(8 + json.length + data.length);
    b.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).put(data);
    return Files.write(folder.resolve("bad.safetensors"), b.array());
  }
}
