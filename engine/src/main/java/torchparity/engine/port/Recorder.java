package torchparity.engine.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import torchparity.cases.ContractJson;
import torchparity.cases.Event;
import torchparity.cases.HostTensor;
import torchparity.cases.Job;
import torchparity.cases.TraceWriter;
import torchparity.engine.tensor.Tensor;

/** Records the probes of one case instance as they come, and tells of progress. */
final class Recorder {
  private final String instance;
  private final Path events;
  private final TraceWriter trace;

  Recorder(Job.Instance instance, Path events) throws IOException {
    this.instance = instance.id();
    this.events = events;
    this.trace = new TraceWriter(instance.trace(), instance.id());
  }

  /**
   * Records a copy of {@code tensor} under {@code name}.
   *
   * @throws IllegalArgumentException if the name was used before
   */
  void probe(String name, Tensor tensor) {
    probe(name, tensor.toHost());
  }

  /** As {@link #probe(String, Tensor)}. */
  void probe(String name, HostTensor tensor) {
    try {
      trace.probe(name, tensor);
    } catch (IOException e) {
      throw new UncheckedIOException("probe '" + name + "' cannot be recorded", e);
    }
  }

  /** Reports progress; it is shown to people and never compared. */
  void step(int epoch, int epochs, double loss) {
    try {
      ContractJson.appendLine(events, Event.step(instance, epoch, epochs, loss));
    } catch (IOException e) {
      throw new UncheckedIOException("progress cannot be reported", e);
    }
  }

  void finish(Map<String, String> provenance) throws IOException {
    trace.finish(provenance);
  }
}
