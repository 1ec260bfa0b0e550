package torchparity.harness.run;

import java.util.List;
import java.util.Optional;
import torchparity.cases.Products;
import torchparity.harness.port.Port;
import torchparity.harness.port.Support;

/** Why a port is not asked for an instance: its descriptor says that it cannot. */
final class Refusal {
  private Refusal() {}

  static Optional<String> of(Port port, Instance instance) {
    Support can = port.supports();
    String scenario = instance.question().scenario();
    if (!can.cases().isEmpty() && !can.cases().contains(scenario)) {
      return Optional.of("no scenario '%s'".formatted(scenario));
    }
    if (!can.dtypes().contains(instance.dtype().torchName())) {
      return Optional.of("no default dtype '%s'".formatted(instance.dtype().torchName()));
    }
    if (instance.products() == Products.EXACT && !can.exact()) {
      return Optional.of("no products without BLAS");
    }
    if (instance.setting().inputs() == null && !can.draws()) {
      return Optional.of("only from inputs, as it cannot draw them");
    }
    return instance.setting().noise() != null && !can.noise()
        ? Optional.of("no noise at products")
        : Optional.empty();
  }

  /** Those of {@code instances} that the port is asked for. */
  static List<Instance> asked(Port port, List<Instance> instances) {
    return instances.stream().filter(i -> of(port, i).isEmpty()).toList();
  }
}
