package torchparity.cases.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import torchparity.cases.HostTensor;
import torchparity.cases.Job;
import torchparity.cases.TraceWriter;

/** The trace of one instance while its program runs. */
final class Recording {
  private final Job.Instance instance;
  private final TraceWriter trace;
  private final Map<String, List<HostTensor>> rows = new LinkedHashMap<>();
  private final Set<String> inStep = new HashSet<>();
  private @Nullable Integer step;

  Recording(Job.Instance instance) throws IOException {
    this.instance = instance;
    this.trace = new TraceWriter(instance.trace(), instance.id());
  }

  JsonNode parameters() {
    return instance.parameters();
  }

  void probe(String name, HostTensor tensor) throws IOException {
    if (step == null) {
      trace.probe(name, tensor);
    } else if (!inStep.add(name)) {
      throw new IllegalArgumentException(
          "probe '%s' was recorded twice in step %d".formatted(name, step));
    } else {
      rows.computeIfAbsent(name, n -> new ArrayList<>()).add(tensor);
    }
  }

  void step(int n) {
    step = n;
    inStep.clear();
  }

  void endSteps() {
    step = null;
  }

  /** Writes the probes of steps, a row for each, and says that the trace is whole. */
  void finish() throws IOException {
    for (Map.Entry<String, List<HostTensor>> probe : rows.entrySet()) {
      trace.probe(probe.getKey(), stacked(probe.getKey(), probe.getValue()));
    }
    trace.finish(Map.of("runtime", "JVM " + Runtime.version()));
  }

  private static HostTensor stacked(String name, List<HostTensor> rows) {
    HostTensor first = rows.get(0);
    ByteBuffer bytes = ByteBuffer.allocate(rows.size() * first.bytes().capacity());
    for (HostTensor row : rows) {
      if (row.dtype() != first.dtype() || !row.shape().equals(first.shape())) {
        throw new IllegalArgumentException(
            "probe '%s' is %s in one step and %s in another".formatted(name, first, row));
      }
      bytes.put(row.bytes());
    }
    List<Long> shape = new ArrayList<>(List.of((long) rows.size()));
    shape.addAll(first.shape());
    return HostTensor.copyOf(first.dtype(), shape, bytes.flip());
  }
}
