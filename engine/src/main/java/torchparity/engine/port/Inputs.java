package torchparity.engine.port;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import torchparity.cases.HostTensor;
import torchparity.cases.Safetensors;

/** The tensors that a job gives, under the names of the probes that they stand in for. */
final class Inputs {
  private final Map<String, HostTensor> tensors;

  private Inputs(Map<String, HostTensor> tensors) {
    this.tensors = tensors;
  }

  static Inputs read(@Nullable Path file) throws IOException {
    return new Inputs(file == null ? Map.of() : Safetensors.read(file));
  }

  Optional<HostTensor> find(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /**
   * The tensor called {@code name}.
   *
   * @throws IllegalArgumentException if the job does not give it
   */
  HostTensor get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("the job gives no input '" + name + "'"));
  }
}
