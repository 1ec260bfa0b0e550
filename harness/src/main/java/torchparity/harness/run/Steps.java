package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import torchparity.cases.Case;
import torchparity.cases.HostTensor;
import torchparity.cases.Safetensors;
import torchparity.cases.Trace;

/**
 * Training judged step by step: one step from each state that the reference recorded, in every
 * port. A difference has no time to grow there.
 */
public final class Steps {
  private static final String STATES = "states.";

  private Steps() {}

  /**
   * The instance that does these steps, or empty if the case records no states or the trace has
   * none.
   *
   * @param folder where the file with the states is written
   */
  public static Optional<Instance> from(Instance training, Trace reference, Path folder)
      throws IOException {
    Case.Training where = training.question().training();
    if (where == null || where.states() == null || where.steps() == null) {
      return Optional.empty();
    }
    int prefix = where.states().length() + 1;
    Map<String, HostTensor> inputs = new LinkedHashMap<>();
    reference
        .probes()
        .forEach(
            (name, tensor) -> {
              if (training.question().inputs().contains(name)) {
                inputs.put(name, tensor);
              } else if (where.isState(name)) {
                inputs.put(STATES + name.substring(prefix), tensor);
              }
            });
    if (inputs.keySet().stream().noneMatch(name -> name.startsWith(STATES))) {
      return Optional.empty();
    }
    Files.createDirectories(folder);
    Path file = folder.resolve(training.id() + ".safetensors");
    Safetensors.write(file, inputs);
    Case question = training.question();
    Case steps =
        new Case(
            question.name(),
            "One step from each state of the reference",
            where.steps(),
            question.parameters(),
            question.seeds(),
            question.dtypes(),
            List.of(),
            List.of(),
            null,
            List.of());
    return Optional.of(
        new Instance(
            steps,
            training.seed(),
            training.dtype(),
            training.products(),
            new Instance.Setting(Instance.STEPS, file, null, null)));
  }
}
