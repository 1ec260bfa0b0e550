package torchparity.engine.port;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import torchparity.cases.HostTensor;
import torchparity.cases.Job;
import torchparity.cases.Trace;
import torchparity.engine.tensor.Tensor;

/** Collects the probes of one case instance, in the order of the calls, and saves the trace. */
final class Recorder {
  private final Job.Instance instance;
  private final Map<String, HostTensor> probes = new LinkedHashMap<>();

  Recorder(Job.Instance instance) {
    this.instance = instance;
  }

  /**
   * Records a copy of {@code tensor} under {@code name}.
   *
   * @throws IllegalArgumentException if the name was used before
   */
  void probe(String name, Tensor tensor) {
    if (probes.put(name, tensor.toHost()) != null) {
      throw new IllegalArgumentException("probe '" + name + "' was recorded twice");
    }
  }

  void save(Map<String, String> provenance) throws IOException {
    new Trace(instance.id(), probes, provenance).write(instance.trace());
  }
}
