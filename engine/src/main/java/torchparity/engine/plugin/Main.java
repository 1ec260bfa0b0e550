package torchparity.engine.plugin;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import torchparity.cases.Dtype;
import torchparity.engine.plugin.protocol.MessageWriter;
import torchparity.engine.tensor.Torch;

/**
 * The plugin as a process. Its launcher has moved the connection to file descriptor 3 and points
 * descriptor 1 at standard error, so that nothing printed by native code can break the connection.
 */
public final class Main {
  private static final String VERSION = "0.1.0";

  /** Values nest as deep as the user's lists do; this much is reserved, not used. */
  private static final long STACK_BYTES = 256L << 20;

  private Main() {}

  /** Serves one Nushell process; {@code OMP_NUM_THREADS} sets the number of threads. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length != 1 || !args[0].equals("--stdio")) {
      System.err.println(
          "nu_plugin_torch is a Nushell plugin: register it with `plugin add`, or start Nushell"
              + " with `nu --plugins PATH/nu_plugin_torch`.");
      System.exit(2);
    }
    Thread session = new Thread(null, Main::run, "session", STACK_BYTES);
    session.start();
    session.join();
    // An operation that Ctrl-C left behind must not keep the process.
    System.exit(0);
  }

  private static void run() {
    try (OutputStream connection = new FileOutputStream("/dev/fd/3")) {
      serve(System.in, connection);
    } catch (IOException e) {
      // Nushell is gone, or talks another language: nobody is left to answer to.
      System.err.println("nu_plugin_torch: the connection to Nushell broke: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Serves the Nushell at the other end until it says goodbye or closes the connection.
   *
   * @throws IOException if the connection breaks, or what comes is not Nushell's protocol
   */
  static void serve(InputStream from, OutputStream to) throws IOException {
    MessageWriter out = new MessageWriter(new BufferedOutputStream(to, 1 << 16));
    Workspace workspace = new Workspace(() -> Torch.start(threads(), Dtype.FLOAT32));
    new Session(new Inbox(from), out, workspace, VERSION).serve();
  }

  /** One thread, unless {@code OMP_NUM_THREADS} says otherwise in a way that can be read. */
  private static int threads() {
    String threads = System.getenv("OMP_NUM_THREADS");
    return threads != null && threads.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(threads) : 1;
  }
}
