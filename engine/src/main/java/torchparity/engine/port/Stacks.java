package torchparity.engine.port;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import torchparity.cases.HostTensor;

/** Tensors of one shape that come one by one under a name, to be recorded as one. */
final class Stacks {
  private final Map<String, List<HostTensor>> parts = new LinkedHashMap<>();

  void add(String name, HostTensor part) {
    parts.computeIfAbsent(name, k -> new ArrayList<>()).add(part);
  }

  /** Records each stack under its name, along a new first dimension. */
  void record(Recorder recorder) {
    parts.forEach((name, stack) -> recorder.probe(name, stacked(stack)));
  }

  private static HostTensor stacked(List<HostTensor> parts) {
    HostTensor first = parts.get(0);
    List<Long> shape = new ArrayList<>(List.of((long) parts.size()));
    shape.addAll(first.shape());
    ByteBuffer bytes = ByteBuffer.allocate(parts.size() * first.bytes().remaining());
    parts.forEach(part -> bytes.put(part.bytes()));
    return HostTensor.copyOf(first.dtype(), shape, bytes.flip());
  }
}
