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

  @Test
  void refusesFilesThatAreTooShortForTheirLength() throws IOException {
    Path short7 = Files.write(folder.resolve("7"), new byte[7]);
    Path zeros = Files.write(folder.resolve("8"), new byte[8]);
    Path oneMore = Files.write(folder.resolve("9"), new byte[] {3, 0, 0, 0, 0, 0, 0, 0, '{', '}'});

    assertThatThrownBy(() -> Safetensors.read(short7)).hasMessageContaining("7 bytes, shorter");
    assertThatThrownBy(() -> Safetensors.read(zeros))
        .hasMessageContaining("header length 0 does not fit a file of 8 bytes");
    assertThatThrownBy(() -> Safetensors.read(oneMore))
        .hasMessageContaining("header length 3 does not fit a file of 10 bytes");
  }

  @Test
  void readsTheLeastFile() throws IOException {
    assertThat(Safetensors.read(fileWith("{}", new byte[0]))).isEmpty();
  }

  @Test
  void readsTensorsInTheOrderOfTheirData() throws IOException {
    Path file =
        fileWith(
            """
            {"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]},
             "empty":{"dtype":"U8","shape":[0],"data_offsets":[1,1]},
             "a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}
            """,
            new byte[] {5, 6});

    assertThat(Safetensors.read(file).keySet()).containsExactly("a", "empty", "b");
    assertThat(requireNonNull(Safetensors.read(file).get("b")).getLong(0)).isEqualTo(6);
  }

  @Test
  void mapsWhatItReads() throws IOException {
    Path file = folder.resolve("mapped.safetensors");
    HostTensor first = HostTensor.ofFloats(List.of(3L), 1, 2, 3);
    HostTensor second = HostTensor.ofDoubles(List.of(2L, 1L), 4, 5);
    Map<String, HostTensor> written = new LinkedHashMap<>();
    written.put("first", first);
    written.put("second", second);
    Safetensors.write(file, written);

    Map<String, Safetensors.Mapped> mapped = Safetensors.map(file);

    assertThat(mapped.keySet()).containsExactly("first", "second");
    mapped.forEach(
        (name, m) ->
            assertThat(
                    HostTensor.copyOf(m.dtype(), m.shape(), m.bytes())
                        .bitEquals(requireNonNull(written.get(name))))
                .as(name)
                .isTrue());
    assertThat(requireNonNull(mapped.get("second")).bytes().getDouble(8)).isEqualTo(5);
  }

  /** A process may have some 65,000 mappings; one too many ends the JVM. */
  @Test
  void mapsMoreTensorsThanAProcessMayMap() throws IOException {
    Path file = folder.resolve("many.safetensors");
    int count = 70_000;
    Map<String, HostTensor> written = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      written.put("t" + i, HostTensor.ofLongs(List.of(), i));
    }
    Safetensors.write(file, written);

    Map<String, Safetensors.Mapped> mapped = Safetensors.map(file);

    assertThat(mapped).hasSize(count);
    for (int i = 0; i < count; i += 777) {
      assertThat(requireNonNull(mapped.get("t" + i)).bytes().getLong(0)).isEqualTo(i);
    }
  }

  @Test
  void followsNoLink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("l"), fileWith("{}", new byte[0]));

    assertThatThrownBy(() -> Safetensors.read(link)).hasMessageContaining("no regular file");
    assertThatThrownBy(() -> Safetensors.map(link)).hasMessageContaining("no regular file");
  }

  @Test
  void alignsTheDataToEightBytes() throws IOException {
    for (String name : List.of("a", "ab", "abc", "abcd")) {
      Path file = folder.resolve(name);
      Safetensors.write(file, Map.of(name, HostTensor.ofFloats(List.of(), 1)));

      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(bytes.getLong() % 8).isZero();
      assertThat(bytes.getFloat(bytes.capacity() - 4)).isEqualTo(1);
    }
  }

  @Test
  void refusesTheNameOfTheMetadata() {
    Map<String, HostTensor> tensors = Map.of("__metadata__", HostTensor.ofFloats(List.of(), 1));

    assertThatThrownBy(() -> Safetensors.write(folder.resolve("m"), tensors))
        .hasMessageContaining("cannot be named __metadata__");
  }

  private Path fileWith(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer b = ByteBuffer.allocate(8 + json.length + data.length);
    b.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).put(data);
    return Files.write(folder.resolve("bad.safetensors"), b.array());
  }
}
