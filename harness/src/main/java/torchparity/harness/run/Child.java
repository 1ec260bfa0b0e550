package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A program that is no port, followed to its end; it is ended with this process, as ports are. */
public final class Child {
  private static final long POLL_MILLIS = 20;
  private static final long LONGEST_END_SECONDS = 5;

  private Child() {}

  /**
   * Runs {@code command}, with these variables alone and nothing on its standard input.
   *
   * @param log gets all that it prints
   * @return its exit code; empty if it took longer than {@code timeout} and was ended
   * @throws InterruptedException if the user asks for the end of this process; it is ended first
   */
  public static OptionalInt run(
      List<String> command, Map<String, String> environment, Path log, Duration timeout)
      throws IOException, InterruptedException {
    ProcessTree tree = new ProcessTree();
    Process process =
        Supervised.builder(tree.value(), command, environment)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      long deadline = System.nanoTime() + timeout.toNanos();
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (Interruption.isRequested()) {
          throw new InterruptedException("the run was interrupted");
        }
        if (System.nanoTime() > deadline) {
          return OptionalInt.empty();
        }
      }
      return OptionalInt.of(process.exitValue());
    } finally {
      end(process, tree);
    }
  }

  /** Lets its supervisor end it; where it is a harness, that lets those of its ports do so. */
  private static void end(Process process, ProcessTree tree) throws IOException {
    try {
      process.getOutputStream().close();
      boolean unused = process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      tree.end(process);
    }
  }
}
