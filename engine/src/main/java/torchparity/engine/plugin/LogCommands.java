package torchparity.engine.plugin;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import torchparity.cases.LogWindow;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuType;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Shape;
import torchparity.engine.plugin.protocol.Signature;

/** Commands with which a recorder has operations logged. */
final class LogCommands {
  private LogCommands() {}

  static List<Command> all() {
    return List.of(
        Command.immediate(
            Signature.of(
                    "torch oplog start",
                    "Logs every operation in a folder, with the file and line that calls it.")
                .required("folder", Shape.STRING, "absolute path of the folder")
                .flag("from", Shape.INT, "log after this many backward passes, 0 by default")
                .flag("to", Shape.INT, "and up to this many; no end by default")
                .from(NuType.ANY, NuType.NOTHING)
                .terms("trace", "debug")
                .example(
                    "let folder = mktemp --directory; view files | torch oplog start $folder; torch oplog stop;"
                        + " rm --recursive $folder",
                    "null"),
            LogCommands::start),
        Command.immediate(
            Signature.of("torch oplog stop", "Ends the log, if there is one.")
                .from(NuType.NOTHING, NuType.NOTHING)
                .terms("trace", "debug")
                .example("torch oplog stop", "null"),
            LogCommands::stop));
  }

  private static NuValue start(Invocation call, Workspace w) throws NuException {
    NuValue folder = call.argument(0, "folder");
    LogWindow window;
    try {
      window = new LogWindow(bound(call, "from", 0), bound(call, "to", Integer.MAX_VALUE));
    } catch (IllegalArgumentException e) {
      throw new NuException("Invalid input", String.valueOf(e.getMessage()), call.head());
    }
    try {
      w.startLog(Path.of(Conversions.text(folder)), window, SourceFiles.of(call.input()));
    } catch (IOException | InvalidPathException e) {
      throw new NuException("Cannot write the log", String.valueOf(e), folder.span());
    }
    return new NuValue.Nothing(call.head());
  }

  private static int bound(Invocation call, String flag, int absent) throws NuException {
    Optional<NuValue> value = call.flag(flag);
    return value.isEmpty()
        ? absent
        : (int) Math.max(-1, Math.min(Conversions.integer(value.get()), Integer.MAX_VALUE));
  }

  private static NuValue stop(Invocation call, Workspace w) throws NuException {
    try {
      w.stopLog();
    } catch (IOException e) {
      throw new NuException("Cannot write the log", String.valueOf(e), call.head());
    }
    return new NuValue.Nothing(call.head());
  }
}
