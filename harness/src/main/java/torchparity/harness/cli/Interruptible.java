package torchparity.harness.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import torchparity.harness.run.Interruption;

/** Work that is given up when the user asks for the end of the run. */
final class Interruptible {
  private static final long POLL_MILLIS = 50;

  private Interruptible() {}

  /** What {@code work} gives, or empty if a signal came before; its exceptions are thrown here. */
  static <T> Optional<T> call(Callable<T> work) throws IOException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "diagnosis");
    thread.setDaemon(true);
    thread.start();
    while (Interruption.signal() == null) {
      try {
        return Optional.of(task.get(POLL_MILLIS, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        // It is not done yet.
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException io) {
          throw io;
        }
        if (e.getCause() instanceof RuntimeException mistake) {
          throw mistake;
        }
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        if (e.getCause() instanceof InterruptedException) {
          return Optional.empty();
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    return Optional.empty();
  }
}
