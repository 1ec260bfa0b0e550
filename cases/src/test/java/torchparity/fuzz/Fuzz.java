package torchparity.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Gives a parser mutated documents, and holds it to what it promises: it throws nothing but what it
 * documents, allocates less than a bound and takes time in proportion to the input. {@code
 * -Dfuzz.parsers=1000000} for the long run, {@code -Dfuzz.seed} for another one.
 *
 * @param name of the parser, for messages
 * @param documented the exception that a broken document may cause
 * @param fixedBytes what reading the smallest document may allocate
 * @param bytesPerByte what it may allocate for every byte of the document, beyond that
 */
public record Fuzz(
    String name, Class<? extends Exception> documented, long fixedBytes, long bytesPerByte) {
  private static final long SEED = Long.getLong("fuzz.seed", 42);
  private static final int MOST_FAULTS = 12;

  /** Of the thread's own time: an unlucky collection or compilation is no fault of a parser. */
  private static final long FIXED_NANOS = 1_000_000_000L;

  private static final long NANOS_PER_BYTE = 20_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Reads a document. */
  public interface Parser<T> {
    T parse(byte[] document) throws Exception;
  }

  /** Holds for everything that was read. */
  public interface Property<T> {
    void check(T read) throws Exception;
  }

  /** Writes {@code document} anew: to cut a file to nothing and fill it makes some disks wait. */
  public static Path write(Path file, byte[] document) throws IOException {
    Files.deleteIfExists(file);
    return Files.write(file, document);
  }

  /**
   * Runs {@code slice} inputs, or as many as {@code -Dfuzz.parsers} says.
   *
   * @param property what holds for each document that is read, mutated or not
   */
  public <T> void run(Mutator mutator, int slice, Parser<T> parser, Property<T> property)
      throws Exception {
    for (int i = 0; i < 30; i++) { // classes are loaded, once for all
      for (byte[] valid : mutator.documents()) {
        property.check(parser.parse(valid));
      }
    }
    int inputs = Integer.getInteger("fuzz.parsers", slice);
    Run run = new Run();
    long start = System.nanoTime();
    for (int i = 0; i < inputs && run.faults.size() < MOST_FAULTS; i++) {
      run.give(mutator.next(new SplittableRandom(SEED + 1_000_003L * i)), i, parser, property);
    }
    System.out.printf(
        "fuzz %s: %d inputs, seed %d, %.1f s: %d read, %d refused; at most %d bytes allocated, %.1f of the bound, %.1f ms%n",
        name,
        run.accepted + run.refused,
        SEED,
        (System.nanoTime() - start) / 1e9,
        run.accepted,
        run.refused,
        run.mostBytes,
        run.mostShare,
        run.mostNanos / 1e6);
    assertThat(run.faults).as("faults of %s, seed %d", name, SEED).isEmpty();
    assertThat(run.accepted).as("read").isGreaterThan(inputs / 1000);
    assertThat(run.refused).as("refused").isGreaterThan(inputs / 10);
  }

  /** What one run has seen. */
  private final class Run {
    private final Map<String, String> faults = new TreeMap<>();
    private int accepted;
    private int refused;
    private long mostBytes;
    private double mostShare;
    private long mostNanos;

    <T> void give(byte[] input, int i, Parser<T> parser, Property<T> property) throws Exception {
      long thread = Thread.currentThread().getId();
      long bytes = THREADS.getThreadAllocatedBytes(thread);
      long nanos = THREADS.getCurrentThreadCpuTime();
      List<T> read = List.of();
      try {
        read = List.of(parser.parse(input));
        accepted++;
      } catch (Throwable e) {
        refused++;
        if (!documented.isInstance(e)) {
          fault(place(e), e.toString(), input, i);
        }
      }
      nanos = THREADS.getCurrentThreadCpuTime() - nanos;
      bytes = THREADS.getThreadAllocatedBytes(thread) - bytes;
      mostBytes = Math.max(mostBytes, bytes);
      mostShare = Math.max(mostShare, (double) bytes / (fixedBytes + bytesPerByte * input.length));
      mostNanos = Math.max(mostNanos, nanos);
      if (bytes > fixedBytes + bytesPerByte * input.length) {
        fault("allocation", bytes + " bytes for " + input.length, input, i);
      }
      if (nanos > FIXED_NANOS + NANOS_PER_BYTE * input.length) {
        fault("time", nanos / 1e6 + " ms for " + input.length + " bytes", input, i);
      }
      for (T value : read) {
        try {
          property.check(value);
        } catch (Throwable e) {
          fault("property, " + place(e), e.toString(), input, i);
        }
      }
    }

    /** One of a kind is kept, with the input. */
    private void fault(String kind, String what, byte[] input, int i) throws IOException {
      if (!faults.containsKey(kind)) {
        Path kept = Path.of("target", "fuzz", "%s-%d-%d".formatted(name, SEED, i));
        Files.createDirectories(kept.getParent());
        Files.write(kept, input);
        faults.put(
            kind, "%s; the input is %s".formatted(what.lines().findFirst().orElse(""), kept));
      }
    }
  }

  /** The exception, and the first line of ours that it came through. */
  private static String place(Throwable e) {
    for (StackTraceElement at : e.getStackTrace()) {
      if (at.getClassName().startsWith("torchparity")) {
        return e.getClass().getSimpleName() + " at " + at;
      }
    }
    return e.getClass().getSimpleName();
  }
}
