package torchparity.engine.port;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import torchparity.cases.ContractJson;
import torchparity.cases.Event;
import torchparity.cases.HostTensor;
import torchparity.cases.Job;
import torchparity.cases.LogWindow;
import torchparity.cases.TraceWriter;
import torchparity.engine.oplog.OpLogger;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/** Records the probes of one case instance as they come, and tells of progress. */
final class Recorder implements Closeable {
  private final String instance;
  private final Path events;
  private final TraceWriter trace;
  private final @Nullable OpLogger log;

  Recorder(Job.Instance instance, Path events) throws IOException {
    this.instance = instance.id();
    this.events = events;
    this.trace = new TraceWriter(instance.trace(), instance.id());
    LogWindow window = instance.log();
    this.log = window == null ? null : OpLogger.ofJava(instance.trace(), window);
  }

  /** {@code torch}, with its operations logged if the job asks for that. */
  Torch logged(Torch torch) {
    return log == null ? torch : torch.intercepted(log);
  }

  /**
   * Records a copy of {@code tensor} under {@code name}.
   *
   * @throws IllegalArgumentException if the name was used before
   */
  void probe(String name, Tensor tensor) {
    probe(name, tensor.toHost());
    if (log != null) {
      log.probe(name, tensor);
    }
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

  @Override
  public void close() throws IOException {
    if (log != null) {
      log.close();
    }
  }
}
