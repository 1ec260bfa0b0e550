package torchparity.harness.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import torchparity.cases.Trace;

/** What became of one instance in one port. */
public sealed interface Outcome {
  /** The port finished it. */
  record Traced(Trace trace) implements Outcome {}

  /** This outcome, its trace with the provenance that it does not have itself. */
  default Outcome from(Map<String, String> provenance) {
    if (!(this instanceof Traced traced) || provenance.isEmpty()) {
      return this;
    }
    Map<String, String> all = new LinkedHashMap<>(traced.trace.provenance());
    provenance.forEach(all::putIfAbsent);
    return new Traced(new Trace(traced.trace.instance(), traced.trace.probes(), all));
  }

  /** The port does not know the scenario. */
  record NotRun(String reason) implements Outcome {}

  /**
   * The port reported an error, ended early, ran out of time, or left files that cannot be read.
   *
   * @param recorded names of the probes that it recorded before
   */
  record Failed(String reason, List<String> recorded) implements Outcome {
    public Failed {
      recorded = List.copyOf(recorded);
    }
  }
}
