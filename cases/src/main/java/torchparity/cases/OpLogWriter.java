package torchparity.cases;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes an op log, line by line, so that an operation that crashes is the one after the last. */
public final class OpLogWriter implements Closeable {
  private static final int DIGEST_BYTES = 16;

  private final Path index;
  private final FileChannel values;
  private int next;

  /** Begins a log in the trace folder {@code folder}, which must not hold one yet. */
  public OpLogWriter(Path folder) throws IOException {
    Files.createDirectories(folder);
    index = folder.resolve(OpLog.INDEX);
    values =
        FileChannel.open(
            folder.resolve(OpLog.VALUES), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Appends an operation.
   *
   * @param call what was called, from where; its fields about the result are not read
   * @param result what came of it, or null
   * @return the number of the line
   */
  public int append(OpRecord call, @Nullable HostTensor result) throws IOException {
    OpRecord line = result == null ? call : withResult(call, result);
    ContractJson.appendLine(index, line);
    return next++;
  }

  private OpRecord withResult(OpRecord call, HostTensor result) throws IOException {
    Long at = null;
    if (result.bytes().remaining() <= OpRecord.MOST_BYTES) {
      at = values.position();
      ByteBuffer bytes = result.bytes();
      while (bytes.hasRemaining()) {
        values.write(bytes);
      }
    }
    return new OpRecord(
        call.op(),
        call.inputs(),
        call.attributes(),
        call.noGrad(),
        call.leaf(),
        result.dtype().torchName(),
        result.shape(),
        digest(result),
        at,
        call.file(),
        call.line(),
        call.error());
  }

  /** The first 128 bits of the SHA-256 of the elements, in hexadecimal. */
  public static String digest(HostTensor tensor) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(tensor.bytes());
      return HexFormat.of().formatHex(Arrays.copyOf(sha.digest(), DIGEST_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    values.close();
  }
}
