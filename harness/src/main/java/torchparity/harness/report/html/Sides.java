package torchparity.harness.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import torchparity.cases.HostTensor;

/**
 * One or more ports that recorded the same bits at the probes of a picture.
 *
 * @param name such as {@code nu = jvm}
 * @param tensors one for each probe of the picture
 */
record Sides(String name, List<HostTensor> tensors) {
  Sides {
    tensors = List.copyOf(tensors);
  }

  /**
   * The groups of ports that recorded all of {@code probes}, in the order of {@code recorded}.
   *
   * @param recorded the probes of each port, the reference first
   */
  static List<Sides> of(Map<String, Map<String, HostTensor>> recorded, List<String> probes) {
    List<Sides> groups = new ArrayList<>();
    recorded.forEach(
        (port, all) -> {
          List<HostTensor> tensors =
              probes.stream().map(all::get).filter(Objects::nonNull).toList();
          if (tensors.size() == probes.size()) {
            add(groups, port, tensors);
          }
        });
    return groups;
  }

  private static void add(List<Sides> groups, String port, List<HostTensor> tensors) {
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).isSame(tensors)) {
        groups.set(i, new Sides(groups.get(i).name + " = " + port, tensors));
        return;
      }
    }
    groups.add(new Sides(port, tensors));
  }

  private boolean isSame(List<HostTensor> others) {
    for (int i = 0; i < tensors.size(); i++) {
      if (!tensors.get(i).bitEquals(others.get(i))) {
        return false;
      }
    }
    return true;
  }

  HostTensor get(int i) {
    return tensors.get(i);
  }
}
