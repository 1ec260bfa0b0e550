package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import torchparity.cases.Trace;
import torchparity.harness.comparison.SavedTraces;
import torchparity.harness.verdict.EnvironmentDifference;

/** The environments in which saved traces were made. */
final class SavedEnvironments {
  private SavedEnvironments() {}

  /**
   * How those of two folders differ: once for each port and difference, if the folders are whole
   * runs, in which every port has a folder of its own; otherwise once for each difference.
   */
  static List<String> differences(Path reference, Path candidate) throws IOException {
    if (!Files.isDirectory(reference) || !Files.isDirectory(candidate)) {
      return List.of(); // a tensor file says nothing of where it comes from
    }
    Map<String, Path> actual = SavedTraces.traces(candidate);
    Set<String> differences = new LinkedHashSet<>();
    for (Map.Entry<String, Path> trace : SavedTraces.traces(reference).entrySet()) {
      Path other = actual.get(trace.getKey());
      if (other != null) {
        String path = trace.getKey().replaceFirst("^derived/", "");
        int slash = path.indexOf('/');
        String port = slash < 0 ? "" : path.substring(0, slash) + ", ";
        EnvironmentDifference.of(Trace.provenance(trace.getValue()), Trace.provenance(other))
            .forEach(difference -> differences.add(port + difference));
      }
    }
    return List.copyOf(differences);
  }
}
