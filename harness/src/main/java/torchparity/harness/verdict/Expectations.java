package torchparity.harness.verdict;

import java.util.ArrayList;
import java.util.List;
import torchparity.cases.Case;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;
import torchparity.harness.run.Instance;

/**
 * Holds a trace against its case alone: a mistake that all ports share, such as a probe of another
 * shape, shows in no comparison.
 */
final class Expectations {
  private Expectations() {}

  static List<Unmet> unmet(Instance instance, String port, Trace trace) {
    List<Unmet> unmet = new ArrayList<>();
    for (Case.Probe probe : instance.question().probes()) {
      HostTensor tensor = trace.probes().get(probe.name());
      String problem = tensor == null ? "it was not recorded" : problem(instance, probe, tensor);
      if (!problem.isEmpty()) {
        unmet.add(new Unmet(instance, port, probe.name(), problem));
      }
    }
    return unmet;
  }

  private static String problem(Instance instance, Case.Probe probe, HostTensor tensor) {
    String dtype = probe.dtype() == null ? instance.dtype().torchName() : probe.dtype();
    if (!tensor.dtype().torchName().equals(dtype)) {
      return "dtype is %s, the case expects %s".formatted(tensor.dtype(), dtype);
    }
    if (!fits(tensor.shape(), probe.shape(), instance)) {
      return "shape is %s, the case expects %s".formatted(tensor.shape(), probe.shape());
    }
    return "";
  }

  private static boolean fits(List<Long> shape, List<String> expected, Instance instance) {
    if (shape.size() != expected.size()) {
      return false;
    }
    for (int d = 0; d < shape.size(); d++) {
      String size = expected.get(d);
      boolean number = size.matches("[0-9]+");
      long wanted =
          number
              ? Long.parseLong(size)
              : instance.question().parameters().path(size).asLong(shape.get(d));
      if (shape.get(d) != wanted) {
        return false;
      }
    }
    return true;
  }
}
