package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Path;
import torchparity.cases.CaseFolder;
import torchparity.harness.port.Project;

/**
 * Where a command works: in the project that the current folder lies in.
 *
 * @param checkout this program's own folder, with runtimes, schemas and pages
 * @param folder the project's, with its cases, ports and reports; the checkout is one, too
 */
record Workplace(Path checkout, Path folder) {
  /** The workplace of somebody in {@code current}. */
  static Workplace of(Path checkout, Path current) {
    return new Workplace(checkout, Project.folderOf(current, checkout));
  }

  /** Reads the project. */
  Project project() throws IOException {
    return Project.read(folder, checkout);
  }

  /** The checkout as a project. */
  Workplace shipped() {
    return new Workplace(checkout, checkout);
  }

  Path caseSchema() {
    return checkout.resolve("cases").resolve(CaseFolder.SCHEMA);
  }

  /** What people type here to start this program. */
  String launcher() {
    return folder.equals(checkout) ? "./parity" : "parity";
  }
}
