package torchparity.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads and writes tensor files in the safetensors format: eight bytes of header length
 * (little-endian), a JSON header, then the elements of all tensors without a gap.
 *
 * <p>Source: the format section of the safetensors 0.8.0 documentation; its limits (no duplicate
 * key, no hole, no overlap) hold here too. A header may have 10 MB, a tenth of what it allows, as
 * parsing takes some thirty times that.
 */
public final class Safetensors {
  private static final int MAX_HEADER_BYTES = 10_000_000;
  private static final int LENGTH_BYTES = Long.BYTES;
  private static final int HEADER_ALIGNMENT = 8;
  private static final String METADATA = "__metadata__";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Safetensors() {}

  private record Entry(String name, Dtype dtype, List<Long> shape, long begin, long end) {}

  /**
   * The tensors of {@code file} in the order of their data.
   *
   * @throws MalformedFileException if the file breaks the format or holds a dtype that traces do
   *     not carry
   * @throws IOException if it cannot be read
   */
  public static Map<String, HostTensor> read(Path file) throws IOException {
    RegularFile.check(file, Long.MAX_VALUE);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long dataStart = dataStart(channel, file);
      JsonNode header =
          parse(readFully(channel, LENGTH_BYTES, (int) (dataStart - LENGTH_BYTES), file), file);
      Map<String, HostTensor> tensors = new LinkedHashMap<>();
      for (Entry e : entries(header, channel.size() - dataStart, file)) {
        ByteBuffer data = readFully(channel, dataStart + e.begin, (int) (e.end - e.begin), file);
        tensors.put(e.name, HostTensor.copyOf(e.dtype, e.shape, data));
      }
      return Collections.unmodifiableMap(tensors);
    }
  }

  /**
   * A tensor in a mapped file, not copied.
   *
   * @param bytes little-endian; valid as long as it is reachable
   */
  public record Mapped(Dtype dtype, List<Long> shape, ByteBuffer bytes) {
    public Mapped {
      shape = List.copyOf(shape);
    }
  }

  /**
   * The tensors of {@code file}, mapped: nothing is read but the header. Tensors share mappings, of
   * which a process may have some 65,000.
   *
   * @throws MalformedFileException as {@link #read}
   */
  public static Map<String, Mapped> map(Path file) throws IOException {
    RegularFile.check(file, Long.MAX_VALUE);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long dataStart = dataStart(channel, file);
      JsonNode header =
          parse(readFully(channel, LENGTH_BYTES, (int) (dataStart - LENGTH_BYTES), file), file);
      long dataBytes = channel.size() - dataStart;
      Map<String, Mapped> tensors = new LinkedHashMap<>();
      long start = 0;
      ByteBuffer window = ByteBuffer.allocate(0);
      for (Entry e : entries(header, dataBytes, file)) {
        if (e.end > start + window.capacity()) {
          start = e.begin;
          long count = Math.min(dataBytes - start, Integer.MAX_VALUE);
          window = channel.map(FileChannel.MapMode.READ_ONLY, dataStart + start, count);
        }
        ByteBuffer bytes =
            window
                .slice((int) (e.begin - start), (int) (e.end - e.begin))
                .order(ByteOrder.LITTLE_ENDIAN);
        tensors.put(e.name, new Mapped(e.dtype, e.shape, bytes));
      }
      return Collections.unmodifiableMap(tensors);
    }
  }

  private static long dataStart(FileChannel channel, Path file) throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw new MalformedFileException(
          file, "%d bytes, shorter than the 8-byte header length".formatted(size));
    }
    long headerBytes = readFully(channel, 0, LENGTH_BYTES, file).getLong();
    if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, size - LENGTH_BYTES)) {
      throw new MalformedFileException(
          file, "header length %d does not fit a file of %d bytes".formatted(headerBytes, size));
    }
    return LENGTH_BYTES + headerBytes;
  }

  /**
   * Writes {@code tensors} in iteration order, replacing {@code file} in one move so that a reader
   * never sees half of it.
   */
  public static void write(Path file, Map<String, HostTensor> tensors) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, HostTensor> e : tensors.entrySet()) {
      if (e.getKey().equals(METADATA)) {
        throw new IllegalArgumentException("a tensor cannot be named " + METADATA);
      }
      HostTensor t = e.getValue();
      long end = offset + t.bytes().remaining();
      ObjectNode entry = header.putObject(e.getKey());
      entry.put("dtype", t.dtype().safetensorsName());
      ArrayNode shape = entry.putArray("shape");
      t.shape().forEach(shape::add);
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsBytes(header);
    int padding = Math.floorMod(-json.length, HEADER_ALIGNMENT);
    ByteBuffer prefix =
        ByteBuffer.allocate(LENGTH_BYTES + json.length + padding).order(ByteOrder.LITTLE_ENDIAN);
    prefix.putLong(json.length + (long) padding).put(json);
    prefix.put(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII)).flip();

    // A name of its own: two runs may compute the same allowance at the same time.
    Path partial = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".partial");
    try {
      try (FileChannel channel =
          FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        writeFully(channel, prefix);
        for (HostTensor t : tensors.values()) {
          writeFully(channel, t.bytes());
        }
      }
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static JsonNode parse(ByteBuffer header, Path file) throws IOException {
    try {
      JsonNode node = JSON.readTree(StandardCharsets.UTF_8.decode(header).toString());
      if (node.isObject()) {
        return node;
      }
      throw new MalformedFileException(file, "the header is not a JSON object");
    } catch (JsonProcessingException e) {
      throw new MalformedFileException(file, "the header is not JSON: " + e.getOriginalMessage());
    }
  }

  private static List<Entry> entries(JsonNode header, long dataBytes, Path file) {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (!field.getKey().equals(METADATA)) {
        entries.add(entry(field.getKey(), field.getValue(), file));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long next = 0;
    for (Entry e : entries) {
      if (e.begin != next) {
        throw new MalformedFileException(
            file, "tensor '%s' starts at byte %d, expected %d".formatted(e.name, e.begin, next));
      }
      next = e.end;
    }
    if (next != dataBytes) {
      throw new MalformedFileException(
          file, "tensors end at byte %d, the data at %d".formatted(next, dataBytes));
    }
    return entries;
  }

  private static Entry entry(String name, JsonNode node, Path file) {
    String dtypeName = node.path("dtype").asText();
    Dtype dtype =
        Dtype.ofSafetensorsName(dtypeName)
            .orElseThrow(
                () -> malformed(file, name, "dtype '" + dtypeName + "' is not carried by traces"));
    List<Long> shape = longs(node.path("shape"), "shape", name, file);
    List<Long> offsets = longs(node.path("data_offsets"), "data_offsets", name, file);
    if (offsets.size() != 2) {
      throw malformed(file, name, "data_offsets must be two numbers");
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    long expected;
    try {
      expected = HostTensor.byteCount(dtype, shape);
    } catch (IllegalArgumentException e) {
      throw malformed(file, name, String.valueOf(e.getMessage()));
    }
    if (begin > end || end - begin != expected) {
      throw malformed(
          file,
          name,
          "data_offsets [%d, %d] do not span the %d bytes of %s%s"
              .formatted(begin, end, expected, dtype, shape));
    }
    return new Entry(name, dtype, shape, begin, end);
  }

  private static List<Long> longs(JsonNode node, String field, String name, Path file) {
    if (!node.isArray()) {
      throw malformed(file, name, field + " must be a list of non-negative integers");
    }
    List<Long> values = new ArrayList<>();
    for (JsonNode item : node) {
      if (!item.isIntegralNumber() || !item.canConvertToLong() || item.longValue() < 0) {
        throw malformed(file, name, field + " must be a list of non-negative integers");
      }
      values.add(item.longValue());
    }
    return List.copyOf(values);
  }

  private static MalformedFileException malformed(Path file, String tensor, String problem) {
    return new MalformedFileException(file, "tensor '%s': %s".formatted(tensor, problem));
  }

  private static ByteBuffer readFully(FileChannel channel, long position, int count, Path file)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new MalformedFileException(file, "ends at byte " + (position + buffer.position()));
      }
    }
    return buffer.flip();
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
