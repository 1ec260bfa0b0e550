package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.port.Port;
import torchparity.harness.report.ResultDocument.SourceFile;

/** The lines that op logs name; logs may come from strangers. */
class SourcesTest {
  @TempDir Path folder;
  private Path program = Path.of("");

  @BeforeEach
  void hasAPortAndASecretBesideIt() throws Exception {
    program = Files.createDirectory(folder.resolve("port")).resolve("port.py");
    Files.writeString(program, "x = 1\n");
    Files.createDirectory(folder.resolve("port/parts"));
    Files.writeString(folder.resolve("port/parts/steps.py"), "y = 2\n");
    Files.writeString(folder.resolve("secret.txt"), "xyzzy\n");
  }

  private List<SourceFile> named(String file) {
    Port port = new Port("mine", "mine", List.of(program.toString()));
    Diagnosis.Call call = new Diagnosis.Call("neg", file, 1, "neg", null);
    Diagnosis.Finding finding =
        new Diagnosis.Finding(null, "", null, call, null, List.of(), List.of());
    Diagnosis diagnosis =
        new Diagnosis("case", "ref", "mine", Status.SUSPECTED, List.of(finding), "");
    return new Sources(folder, port).named(List.of(diagnosis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"port.py", "parts/steps.py", "steps.py"})
  void quotesALineOfThePort(String file) {
    assertThat(named(file)).hasSize(1).allSatisfy(f -> assertThat(f.lines()).containsKey(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../secret.txt", "parts/../../secret.txt", "/etc/passwd", "..", ".", "", "/"})
  void quotesNothingOutsideOfThePort(String file) {
    assertThat(named(file)).isEmpty();
  }

  @Test
  void findsNothingUnderANameThatNoFileCanHave() {
    assertThat(named("a\u0000b.py")).isEmpty();
  }

  @Test
  void quotesNothingOfAFileThatIsTooLongForASource() throws Exception {
    try (var file = Files.newByteChannel(program, java.nio.file.StandardOpenOption.WRITE)) {
      file.position(40L << 20).write(java.nio.ByteBuffer.wrap(new byte[1]));
    }

    assertThat(named("port.py")).singleElement().satisfies(f -> assertThat(f.lines()).isEmpty());
  }
}
