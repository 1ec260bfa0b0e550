package torchparity.harness.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a port prints. Both streams are drained to their ends; the log keeps {@link #MOST_BYTES} of
 * them and then their ends, so that a port that prints without end fills no disk.
 */
final class Printed implements AutoCloseable {
  static final long MOST_BYTES = 8L << 20;
  private static final int LONGEST_END_MILLIS = 2000;

  private final OutputStream log;
  private final List<Stream> streams = new ArrayList<>();
  private long written;
  private long leftOut;

  /** Starts to drain both streams of {@code process} into {@code log}, after what is there. */
  Printed(Process process, Path log) throws IOException {
    this.log = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    streams.add(new Stream("standard error", process.getErrorStream()));
    streams.add(new Stream("standard output", process.getInputStream()));
    streams.forEach(s -> s.thread.start());
  }

  private final class Stream {
    private final String name;
    private final InputStream in;
    private final Thread thread;
    private byte[] end = new byte[0];

    Stream(String name, InputStream in) {
      this.name = name;
      this.in = in;
      this.thread = new Thread(this::drain, name + " of a port");
      thread.setDaemon(true);
    }

    private void drain() {
      byte[] buffer = new byte[1 << 16];
      try (in) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          keep(this, buffer, n);
        }
      } catch (IOException e) {
        // The stream was closed with its process: what came before is kept.
      }
    }
  }

  private synchronized void keep(Stream stream, byte[] buffer, int n) {
    stream.end = end(stream.end, buffer, n);
    int room = (int) Math.min(n, MOST_BYTES - written);
    try {
      log.write(buffer, 0, room);
    } catch (IOException e) {
      room = 0; // A full disk shows where results are written; the port must not block.
    }
    written += room;
    leftOut += n - room;
  }

  private static byte[] end(byte[] before, byte[] more, int n) {
    byte[] all = Arrays.copyOf(before, before.length + n);
    System.arraycopy(more, 0, all, before.length, n);
    int from = Math.max(0, all.length - LogTail.MOST_BYTES);
    return Arrays.copyOfRange(all, from, all.length);
  }

  /** The last lines of both streams, each under its name; empty if nothing was printed. */
  synchronized String tails() {
    StringBuilder text = new StringBuilder();
    for (Stream stream : streams) {
      String shown = LogTail.lines(stream.end);
      if (!shown.isBlank()) {
        text.append("\nthe end of its ").append(stream.name).append(":\n").append(shown);
      }
    }
    return text.toString();
  }

  /** Waits for the streams' ends, which come with the last process that holds them. */
  @Override
  public void close() throws IOException, InterruptedException {
    for (Stream stream : streams) {
      stream.thread.join(LONGEST_END_MILLIS);
    }
    synchronized (this) {
      if (leftOut > 0) {
        String note = "%n[%d bytes are left out here]%s%n".formatted(leftOut, tails());
        log.write(note.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      log.close();
    }
  }
}
