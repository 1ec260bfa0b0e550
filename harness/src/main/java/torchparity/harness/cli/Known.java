package torchparity.harness.cli;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import torchparity.cases.Case;
import torchparity.harness.port.Port;
import torchparity.harness.port.Project;
import torchparity.harness.verdict.KnownDifferences;

/** The project's known differences, held against the names of its cases and ports. */
final class Known {
  private Known() {}

  /**
   * Reads them.
   *
   * @param running the ports of this run, which need not be of the project
   */
  static KnownDifferences differences(Workplace place, List<Port> running) throws IOException {
    Project project = place.project();
    List<String> cases = Cases.all(place).stream().map(Case::name).toList();
    List<String> ports =
        Stream.concat(project.portNames().stream(), running.stream().map(Port::name))
            .distinct()
            .toList();
    return KnownDifferences.read(
        project.knownDifferences(), new KnownDifferences.Scope(cases, ports));
  }
}
