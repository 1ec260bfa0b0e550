package torchparity.engine.plugin;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import torchparity.engine.plugin.protocol.MessageWriter;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.Span;

/**
 * Hears Ctrl-C during a long operation. libtorch cannot be stopped: the user gets the prompt back,
 * the operation ends on its own, and its result is thrown away. If Nushell itself is gone nobody
 * waits for it, and the process ends at once.
 */
final class Attention {
  private static final long IDLE = -1;
  private static final long PATIENCE_MILLIS = 100;

  private final Inbox inbox;
  private final MessageWriter out;

  /** The call that is being computed and not answered yet. */
  private final AtomicLong current = new AtomicLong(IDLE);

  /** Whether an operation runs, answered or not. */
  private volatile boolean computing;

  private volatile Span head = new Span(0, 0);
  private boolean watching;

  Attention(Inbox inbox, MessageWriter out) {
    this.inbox = inbox;
    this.out = out;
  }

  /** A call's computation begins. */
  void begin(long call, Span place) {
    if (!watching) {
      watching = true;
      Thread watch = new Thread(this::watch, "ctrl-c");
      watch.setDaemon(true);
      watch.start();
    }
    head = place;
    computing = true;
    current.set(call);
  }

  /** The computation has ended; false if the call was answered meanwhile. */
  boolean end(long call) {
    computing = false;
    return current.compareAndSet(call, IDLE);
  }

  private void watch() {
    try {
      Optional<ProcessHandle> nushell = ProcessHandle.current().parent();
      long before = IDLE;
      while (true) {
        Thread.sleep(PATIENCE_MILLIS);
        long call = current.get();
        if (computing && nushell.isPresent() && !nushell.get().isAlive()) {
          end();
        }
        if (call != IDLE && call == before && inbox.lookAhead()) {
          interrupt(call);
        }
        before = call;
      }
    } catch (InterruptedException | IOException e) {
      // The connection is broken: the thread that computes will find out when it reads.
    }
  }

  /**
   * Ends this process at once. A mere halt runs the native libraries' own farewells, and those wait
   * for the computation.
   */
  private static void end() throws InterruptedException {
    try {
      String pid = String.valueOf(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-9", pid).start().waitFor();
    } catch (IOException e) {
      // There is no such program here.
    }
    Runtime.getRuntime().halt(0);
  }

  private void interrupt(long call) throws IOException {
    Span place = head;
    if (current.compareAndSet(call, IDLE)) {
      out.error(
          call,
          new NuException(
              "Interrupted",
              "stopped by Ctrl-C",
              place,
              "PyTorch ends the operation in the background; calls wait for it."));
    }
  }
}
