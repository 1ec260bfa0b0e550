package torchparity.harness.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import torchparity.harness.port.Port;

/**
 * Two ports that are compared.
 *
 * @param exact whether they must agree bit by bit, because they share an engine
 */
public record Pair(Port reference, Port candidate, boolean exact) {
  /** Every port against the reference, and the other ports of one engine against its first. */
  public static List<Pair> of(List<Port> ports, Port reference) {
    List<Pair> pairs = new ArrayList<>();
    Map<String, Port> firstOfEngine = new LinkedHashMap<>();
    for (Port port : ports) {
      if (port.equals(reference)) {
        continue;
      }
      boolean sharesReferencesEngine = port.engine().equals(reference.engine());
      pairs.add(new Pair(reference, port, sharesReferencesEngine));
      Port first = firstOfEngine.putIfAbsent(port.engine(), port);
      if (first != null && !sharesReferencesEngine) {
        pairs.add(new Pair(first, port, true));
      }
    }
    return List.copyOf(pairs);
  }

  /** Such as {@code nu / python}: the candidate, then what it is compared with. */
  public String title() {
    return candidate.name() + " / " + reference.name();
  }
}
