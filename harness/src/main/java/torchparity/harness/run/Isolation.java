package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import torchparity.cases.HostTensor;
import torchparity.cases.Safetensors;
import torchparity.cases.Trace;

/**
 * A stage by itself: every port starts from the tensors that the reference had there, so that an
 * earlier mistake does not hide whether the stage is right.
 */
public final class Isolation {
  private Isolation() {}

  /**
   * The instance that starts from the reference's tensors, or empty if the case takes none.
   *
   * @param folder where the file with the tensors is written
   */
  public static Optional<Instance> from(Instance whole, Trace reference, Path folder)
      throws IOException {
    Map<String, HostTensor> inputs = new LinkedHashMap<>();
    for (String name : whole.question().inputs()) {
      HostTensor tensor = reference.probes().get(name);
      if (tensor != null) {
        inputs.put(name, tensor);
      }
    }
    if (inputs.isEmpty()) {
      return Optional.empty();
    }
    Files.createDirectories(folder);
    Path file = folder.resolve(whole.id() + ".isolated.safetensors");
    Safetensors.write(file, inputs);
    return Optional.of(whole.with(new Instance.Setting(Instance.ISOLATED, file, null, null)));
  }
}
