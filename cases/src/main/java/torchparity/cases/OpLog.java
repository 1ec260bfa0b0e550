package torchparity.cases;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What a port did in one case instance, operation by operation. On disk it is {@code ops.jsonl}, a
 * line for each, and {@code ops.bin}, the bytes of results up to 64 KiB, beside the trace.
 *
 * @param folder the trace folder
 * @param records in the order of time
 */
public record OpLog(Path folder, List<OpRecord> records) {
  static final String INDEX = "ops.jsonl";
  static final String VALUES = "ops.bin";

  public OpLog {
    records = List.copyOf(records);
  }

  /**
   * Reads the log in {@code folder}; empty if the port left none.
   *
   * @throws MalformedFileException naming the line that breaks the format or names a later result,
   *     or what is there and no regular file
   */
  public static Optional<OpLog> read(Path folder) throws IOException {
    Path index = folder.resolve(INDEX);
    Path values = folder.resolve(VALUES);
    if (!Files.exists(index, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    RegularFile.check(values, Long.MAX_VALUE);
    List<OpRecord> records = ContractJson.readLines(index, OpRecord.class);
    long available = Files.exists(values) ? Files.size(values) : 0;
    for (int n = 0; n < records.size(); n++) {
      String problem = problem(records.get(n), n, available);
      if (!problem.isEmpty()) {
        throw new MalformedFileException(index, "line %d: %s".formatted(n + 1, problem));
      }
    }
    return Optional.of(new OpLog(folder, records));
  }

  private static String problem(OpRecord record, int n, long available) {
    if (record.sources().anyMatch(source -> source < 0 || source >= n)) {
      return "an input names a result that is not there yet";
    }
    Long at = record.at();
    if (record.dtype() == null || record.shape() == null) {
      return record.hasResult() || at != null ? "a result needs 'dtype' and 'shape'" : "";
    }
    Optional<Dtype> dtype = Dtype.ofTorchName(record.dtype());
    if (at == null || dtype.isEmpty()) {
      return "";
    }
    try {
      long count = HostTensor.byteCount(dtype.get(), record.shape());
      boolean fits = at >= 0 && count <= OpRecord.MOST_BYTES && at <= available - count;
      return fits ? "" : "'at' points outside " + VALUES;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The result of line {@code n}; empty if there is none, or it was too large to keep. */
  public Optional<HostTensor> value(int n) throws IOException {
    OpRecord record = records.get(n);
    Long at = record.at();
    if (at == null || record.dtype() == null || record.shape() == null) {
      return Optional.empty();
    }
    Optional<Dtype> dtype = Dtype.ofTorchName(record.dtype());
    if (dtype.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) HostTensor.byteCount(dtype.get(), record.shape()));
    Path values = folder.resolve(VALUES);
    RegularFile.check(values, Long.MAX_VALUE);
    try (FileChannel file =
        FileChannel.open(values, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      while (bytes.hasRemaining()) {
        if (file.read(bytes, at + bytes.position()) < 0) {
          throw new MalformedFileException(values, "ends too early");
        }
      }
    }
    return Optional.of(HostTensor.copyOf(dtype.get(), record.shape(), bytes.flip()));
  }
}
