package torchparity.engine.plugin;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import torchparity.cases.Dtype;
import torchparity.engine.plugin.protocol.MessageReader;
import torchparity.engine.plugin.protocol.MessageWriter;
import torchparity.engine.tensor.Torch;

/**
 * The plugin as a process. Its launcher has moved the connection to file descriptor 3 and points
 * descriptor 1 at standard error, so that nothing printed by native code can break the connection.
 */
public final class Main {
  private static final String VERSION = "0.1.0";

  private Main() {}

  /** Serves one Nushell process; {@code OMP_NUM_THREADS} sets the number of threads. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1 || !args[0].equals("--stdio")) {
      System.err.println(
          "nu_plugin_torch is a Nushell plugin: register it with `plugin add`, or start Nushell"
              + " with `nu --plugins PATH/nu_plugin_torch`.");
      System.exit(2);
    }
    try (OutputStream connection = new FileOutputStream("/dev/fd/3");
        MessageReader in = new MessageReader(new EagerInput(System.in))) {
      MessageWriter out = new MessageWriter(new BufferedOutputStream(connection, 1 << 16));
      String threads = System.getenv("OMP_NUM_THREADS");
      Torch torch = Torch.start(threads == null ? 1 : Integer.parseInt(threads), Dtype.FLOAT32);
      new Session(in, out, new Workspace(torch), VERSION).serve();
    }
  }
}
