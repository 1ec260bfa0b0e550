package torchparity.harness.diagnosis;

import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;

/** An instance in which a candidate differs from the reference, or fails. */
public record Failure(Instance instance, Port reference, Port candidate) {
  /** Unique in a run, and a folder's name. */
  String name() {
    return "%s.%s".formatted(instance.id(), candidate.name());
  }
}
