package torchparity.engine.plugin;

import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Signature;

/** A command: its signature, and what it does. */
record Command(Signature signature, Action action) {
  /** What a command does. */
  interface Action {
    Response run(Invocation call, Workspace workspace) throws NuException;
  }

  /** What a command does that answers at once. */
  interface Immediate {
    NuValue run(Invocation call, Workspace workspace) throws NuException;
  }

  static Command immediate(Signature signature, Immediate action) {
    return new Command(
        signature, (call, workspace) -> new Response.Result(action.run(call, workspace)));
  }

  String name() {
    return signature.name();
  }
}
