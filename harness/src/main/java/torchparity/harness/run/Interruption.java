package torchparity.harness.run;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether the user asked this process to stop. Signals come to a process and not to one of its
 * objects, so this is the one state that everything shares: ports are ended soon after it is set,
 * and nothing new is started.
 */
public final class Interruption {
  private static final AtomicReference<@Nullable String> SIGNAL = new AtomicReference<>();

  private Interruption() {}

  /** Asks for the end; {@code signal} is such as {@code SIGINT}. False if that was asked before. */
  public static boolean request(String signal) {
    return SIGNAL.compareAndSet(null, signal);
  }

  /** The signal that came, or null. */
  public static @Nullable String signal() {
    return SIGNAL.get();
  }

  static boolean isRequested() {
    return SIGNAL.get() != null;
  }
}
