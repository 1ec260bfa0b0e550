package torchparity.harness.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import torchparity.harness.port.PortsFile.Choice;

class PortsFileTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));
  private static final Path SKEW = ROOT.resolve("nu/variants/skew_about_origin.nu");
  private static final Path PYTHON = ROOT.resolve("python/port.py");

  @Test
  void givesAVariantTheEngineOfThePortWhosePlaceItTakes() throws IOException {
    Port nu = resolve("nu", new Choice("nu", SKEW));

    assertThat(nu.engine()).isEqualTo(resolve("nu").engine());
    assertThat(nu.command()).endsWith(SKEW.toString());
  }

  @Test
  void startsAProgramOfAnotherKindByItsExtensionWithAnEngineOfItsOwn() throws IOException {
    Port jvm = resolve("jvm", new Choice("jvm", PYTHON));

    assertThat(jvm.command()).isEqualTo(resolve("python").command());
    assertThat(jvm.engine()).isEqualTo("jvm");
  }

  @Test
  void givesOneMorePortAnEngineOfItsOwn() throws IOException {
    Port mine = resolve("mine", new Choice("mine", PYTHON));

    assertThat(mine.command()).isEqualTo(resolve("python").command());
    assertThat(mine.engine()).isEqualTo("mine");
  }

  private static Port resolve(String name, Choice... choices) throws IOException {
    return PortsFile.read(ROOT.resolve("harness/ports.yaml"))
        .resolve(ROOT, List.of(choices))
        .stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
