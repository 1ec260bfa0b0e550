package torchparity.harness.run;

import java.util.List;
import torchparity.cases.Trace;

/** What became of one instance in one port. */
public sealed interface Outcome {
  /** The port finished it. */
  record Traced(Trace trace) implements Outcome {}

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
