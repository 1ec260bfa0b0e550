package torchparity.harness.allowance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import torchparity.cases.Case;
import torchparity.cases.MalformedFileException;
import torchparity.harness.port.Port;
import torchparity.harness.run.EngineIdentity;
import torchparity.harness.run.Identity;
import torchparity.harness.run.Instance;

/**
 * Noise that was computed before, by everything that it depends on: method, scenario, parameters,
 * seed, dtype, inputs, which probe is the loss curve, engine, processor, and of a project's own
 * noise port its files, how it is started and what it watches.
 */
final class NoiseCache {
  private final Path folder;
  private final String engine;
  private final boolean functions;

  /**
   * A cache.
   *
   * @param port whose noise it is
   * @param functions whether it is in sums and functions, too
   */
  NoiseCache(Path folder, Optional<Port> port, boolean functions) throws IOException {
    this.folder = folder;
    this.functions = functions;
    this.engine = EngineIdentity.sha256() + (port.isEmpty() ? "" : identity(port.get()));
  }

  private static String identity(Port port) throws IOException {
    return String.join(
        "\n",
        Identity.sha256(port.origin().sources()),
        port.command().toString(),
        new TreeMap<>(port.environment()).toString(),
        port.origin().watch().toString());
  }

  Optional<InstanceNoise> find(Instance instance) throws IOException {
    Path file = file(instance);
    try {
      return Files.exists(file) ? Optional.of(InstanceNoise.read(file)) : Optional.empty();
    } catch (MalformedFileException e) {
      return Optional.empty(); // computed anew, and replaced
    }
  }

  void keep(Instance instance, InstanceNoise noise) throws IOException {
    Files.createDirectories(folder);
    noise.write(file(instance));
  }

  private Path file(Instance i) throws IOException {
    ObjectNode parameters = i.question().parameters();
    String perRow =
        String.join(
            ",",
            i.question().probes().stream()
                .filter(Case.Probe::perRow)
                .map(Case.Probe::name)
                .toList());
    Case.Training training = i.question().training();
    Path inputs = i.setting().inputs();
    String key =
        String.join(
            "\n",
            List.of(
                NoiseModel.VERSION + (functions ? " with functions" : ""),
                engine,
                i.question().scenario(),
                parameters.toString(),
                String.valueOf(i.seed()),
                i.dtype().torchName(),
                perRow,
                training == null ? "" : training.curve(),
                inputs == null ? "" : sha256(Files.readAllBytes(inputs))));
    return folder.resolve(sha256(key.getBytes(StandardCharsets.UTF_8)) + ".safetensors");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
