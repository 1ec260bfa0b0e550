package torchparity.harness.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A port's process and everything it started.
 *
 * <p>A child whose parent has ended is nobody's descendant any more. So descendants are remembered
 * while they can be seen, and a mark in the environment, which children inherit, tells the others
 * where the system shows it ({@code /proc}).
 */
final class ProcessTree {
  static final String MARK = "TORCH_PARITY_RUN";
  private static final Path PROC = Path.of("/proc");

  /** Until a killed process is gone: it needs a core once more, which others may have. */
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private static final long BETWEEN_LOOKS_NANOS = 2_000_000L;
  private static final long LOOK_EVERY_NANOS = 1_000_000_000L;

  private final Set<ProcessHandle> seen = new LinkedHashSet<>();
  private long lastLook = System.nanoTime();
  private final String value = UUID.randomUUID().toString();
  private final String mark = MARK + "=" + value;

  /** The mark that a process to be started must carry as {@link #MARK}. */
  String value() {
    return value;
  }

  /**
   * Remembers what {@code process} has started so far, once a second at most: each look goes
   * through every process of the machine, and the ports need the cores.
   */
  synchronized void look(Process process) {
    if (System.nanoTime() - lastLook >= LOOK_EVERY_NANOS) {
      remember(process);
    }
  }

  private void remember(Process process) {
    process.descendants().forEach(seen::add);
    lastLook = System.nanoTime();
  }

  /**
   * Ends {@code process} and all that it started, however far away from it, and waits until none of
   * those that carry the mark can go on. What they printed can still be read: {@link
   * Process#destroyForcibly} would close the streams, its handle does not.
   */
  synchronized void end(Process process) {
    remember(process);
    process.toHandle().destroyForcibly();
    seen.forEach(ProcessHandle::destroyForcibly);
    // Between a look and its end, a process may have started others: we look until nobody is there.
    // One that only waits to be reaped has lost its environment, and with it the mark.
    long start = System.nanoTime();
    Set<ProcessHandle> left = marked();
    while (!left.isEmpty() && System.nanoTime() - start < LONGEST_END.toNanos()) {
      left.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
      left = marked();
    }
  }

  private Set<ProcessHandle> marked() {
    Set<ProcessHandle> found = new LinkedHashSet<>();
    if (Files.isDirectory(PROC)) {
      try (Stream<Path> folders = Files.list(PROC)) {
        folders
            .map(folder -> folder.getFileName().toString())
            .filter(name -> name.matches("[0-9]{1,18}"))
            .filter(this::isMarked)
            .map(Long::parseLong)
            .map(ProcessHandle::of)
            .flatMap(Optional::stream)
            .forEach(found::add);
      } catch (IOException e) {
        return found; // What was remembered is ended in any case.
      }
    }
    return found;
  }

  private boolean isMarked(String pid) {
    try {
      byte[] environment = Files.readAllBytes(PROC.resolve(pid).resolve("environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(mark);
    } catch (IOException e) {
      return false; // It has ended, or belongs to somebody else.
    }
  }
}
