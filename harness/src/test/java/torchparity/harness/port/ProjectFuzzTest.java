package torchparity.harness.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.MalformedFileException;
import torchparity.fuzz.Fuzz;
import torchparity.fuzz.Mutator;
import torchparity.harness.ParityException;

/** {@code parity.yaml} and {@code port.yaml}, mutated: refused with what is wrong, or resolved. */
class ProjectFuzzTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));
  private static final String PROJECT =
      """
      # Where cases and ports are.
      cases: cases
      ports: [mine]
      reference: mine
      noise: mine
      known-differences: known.yaml
      """;
  private static final String PORT =
      """
      name: mine
      engine: "An engine"
      program: port.py
      command: ["{java}", -x, "{program}", "{parity}"]
      folder: .
      environment: {A: "1", B: two}
      sources: ["*.py", "src/**/*.{py,txt}"]
      version: ["{java}", -version]
      build: "Build it."
      supports: {noise: true}
      watch: ["port:step@2"]
      """;

  /** A refusal, whether a file is broken or does not fit what is there. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(RuntimeException cause) {
      super(cause);
    }
  }

  @TempDir Path folder;

  @BeforeEach
  void makeAProject() throws IOException {
    Files.createDirectories(folder.resolve("mine/src"));
    Files.writeString(folder.resolve("mine/port.py"), "");
    Files.writeString(folder.resolve(Project.FILE), PROJECT);
    Files.writeString(folder.resolve("mine/port.yaml"), PORT);
  }

  private List<Port> resolved(Path file, byte[] bytes) throws Exception {
    Fuzz.write(file, bytes);
    try {
      Project project = Project.read(folder, ROOT);
      assertThat(List.of(project.cases(), project.knownDifferences())).allMatch(Path::isAbsolute);
      return project.resolve(List.of());
    } catch (MalformedFileException | ParityException e) {
      throw new Refused(e);
    }
  }

  private static void check(List<Port> ports) {
    assertThat(ports).isNotEmpty();
    assertThat(ports).allMatch(port -> port.name().matches("[A-Za-z0-9][A-Za-z0-9_-]{0,39}"));
  }

  @Test
  void projects() throws Exception {
    new Fuzz("parity.yaml", Refused.class, 8 << 20, 5_000)
        .run(
            Mutator.ofTexts(List.of(PROJECT)),
            500,
            bytes -> resolved(folder.resolve(Project.FILE), bytes),
            ProjectFuzzTest::check);
  }

  @Test
  void ports() throws Exception {
    new Fuzz("port.yaml", Refused.class, 8 << 20, 5_000)
        .run(
            Mutator.ofTexts(List.of(PORT)),
            500,
            bytes -> resolved(folder.resolve("mine/port.yaml"), bytes),
            ProjectFuzzTest::check);
  }
}
