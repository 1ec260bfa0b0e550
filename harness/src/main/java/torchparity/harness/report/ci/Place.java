package torchparity.harness.report.ci;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultDocument.Explanation;

/**
 * A line of a port's source that a diagnosis blames.
 *
 * @param path from the project's folder
 */
record Place(String path, int line) {
  /** The line to look at: the one that is blamed, else the first that differs. */
  static Optional<Place> of(ResultDocument run, Explanation d) {
    for (Diagnosis.Finding f : d.findings()) {
      Optional<Place> blamed = of(run, d.candidate(), f.blame());
      Optional<Place> place = blamed.isPresent() ? blamed : of(run, d.candidate(), f.actual());
      if (place.isPresent()) {
        return place;
      }
    }
    return Optional.empty();
  }

  private static Optional<Place> of(
      ResultDocument run, String port, Diagnosis.@Nullable Call call) {
    if (call == null || call.line() == null) {
      return Optional.empty();
    }
    int line = call.line();
    return run.port(port).sources().stream()
        .filter(s -> s.file().equals(call.file()))
        .findFirst()
        .map(s -> new Place(s.path(), line));
  }
}
