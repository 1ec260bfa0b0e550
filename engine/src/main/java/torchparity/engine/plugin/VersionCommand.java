package torchparity.engine.plugin;

import java.util.Map;
import java.util.TreeMap;
import torchparity.engine.plugin.protocol.NuType;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Signature;
import torchparity.engine.tensor.Torch;

/** {@code torch version}: what computes here, for the provenance of a trace. */
final class VersionCommand {
  private VersionCommand() {}

  static Command command() {
    return Command.immediate(
        Signature.of("torch version", "PyTorch's version and the CPU capability it computes with.")
            .from(NuType.NOTHING, NuType.RECORD)
            .terms("avx", "capability")
            .example("torch version | columns | length", "2"),
        (call, w) ->
            new NuValue.Fields(
                new TreeMap<>(
                    Map.of(
                        "torch", new NuValue.Str(Torch.version(), call.head()),
                        "cpu_capability", new NuValue.Str(Torch.cpuCapability(), call.head()))),
                call.head()));
  }
}
