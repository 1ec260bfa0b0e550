package torchparity.harness.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.cases.MalformedFileException;
import torchparity.harness.ParityException;
import torchparity.harness.port.Project.Choice;

class ProjectTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));
  private static final Path SKEW = ROOT.resolve("nu/variants/skew_about_origin.nu");
  private static final Path PYTHON = ROOT.resolve("python/port.py");

  @TempDir Path folder;

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

  @Test
  void startsWhatADescriptorSaysWithTheJobInItsPlace() throws IOException {
    Files.writeString(folder.resolve("net.rb"), "");
    Path descriptor =
        write(
            "port.yaml",
            "name: ruby",
            "program: net.rb",
            "command: [ruby, '{program}', 'job={job}']");

    Project project = Project.read(ROOT, ROOT);
    Choice choice = project.choice("", descriptor);
    Port ruby = project.resolve(List.of(choice)).get(3);

    assertThat(ruby.name()).isEqualTo("ruby");
    assertThat(ruby.commandFor(Path.of("/j.json")))
        .containsExactly("ruby", folder.resolve("net.rb").toString(), "job=/j.json");
    assertThat(ruby.origin().folder()).isEqualTo(folder);
    assertThat(ruby.origin().sources()).containsExactly(folder.resolve("net.rb"));
  }

  @Test
  void findsSourcesBesideTheDescriptorsFolderToo() throws IOException {
    Path ports = Files.createDirectories(folder.resolve("project/ports"));
    Path model = Files.writeString(folder.resolve("project/model.py"), "");
    Path deep = Files.createDirectories(folder.resolve("project/lib/deep")).resolve("a.py");
    Files.writeString(deep, "");
    Files.writeString(folder.resolve("other.py"), "");
    Files.writeString(ports.resolve("net.py"), "");
    Path descriptor =
        Files.write(
            ports.resolve("port.yaml"),
            List.of(
                "name: mine",
                "program: net.py",
                "command: [python, '{program}']",
                "sources: ['*.py', ../model.py, '../lib/**.py']"));

    Project project = Project.read(ROOT, ROOT);
    Port mine = project.resolve(List.of(project.choice("", descriptor))).get(3);

    assertThat(mine.origin().sources())
        .containsExactlyInAnyOrder(ports.resolve("net.py"), model, deep);
  }

  @Test
  void saysHowToBuildAProgramThatIsMissing() throws IOException {
    Path descriptor = write("port.yaml", "name: cpp", "command: [./net]", "build: Run make.");

    assertThatThrownBy(
            () -> Project.read(ROOT, ROOT).resolve(List.of(new Choice("cpp", descriptor))))
        .isInstanceOf(ParityException.class)
        .hasMessageMatching("port 'cpp' needs .*/net, which is not there. Run make.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: a b            | command: [x]      | line 1: name: does not match
          name: a              | command: x        | line 2: command: string found, array expected
          name: a              | comand: [x]       | line 2: comand: no such field
          name: a              | comand: [x]       | the port: required property 'command' not found
          name: a              | supports: {dtypes: [half]} | line 2: supports.dtypes.0: does not have a value
          """)
  void namesFileLineAndFieldOfEverythingWrongInADescriptor(
      String first, String second, String problem) throws IOException {
    Path descriptor = write("port.yaml", first, second);

    assertThatThrownBy(() -> Project.read(ROOT, ROOT).choice("", descriptor))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(descriptor + ": line ")
        .hasMessageContaining(problem);
  }

  @Test
  void namesTheLineOfAReferenceThatIsNoPort() throws IOException {
    write("port.yaml", "name: a", "command: [a]");
    Path file = write("parity.yaml", "ports: [.]", "reference: b");

    assertThatThrownBy(() -> Project.read(folder, ROOT))
        .hasMessage(file + ": line 2: reference: there is no port 'b'. There are: a");
  }

  @Test
  void isFoundFromAnyFolderInIt() throws IOException {
    write("parity.yaml", "ports: [.]", "reference: a");
    Path deep = Files.createDirectories(folder.resolve("a/b"));

    assertThat(Project.folderOf(deep, ROOT)).isEqualTo(folder);
    assertThat(Project.folderOf(Path.of("/"), ROOT)).isEqualTo(ROOT);
  }

  @Test
  void refusesTextsThatCannotBePathsOrPatterns() throws IOException {
    write("port.yaml", "name: a", "command: [a]");
    Path project = write("parity.yaml", "ports: [\"\\0\"]", "reference: a");
    assertThatThrownBy(() -> Project.read(folder, ROOT))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(project + ": a path cannot be one: ");

    write("parity.yaml", "ports: [.]", "reference: a");
    for (String field : List.of("program: \"\\0\"", "sources: [\"{{\"]", "folder: \"a\\0\"")) {
      Path port = write("port.yaml", "name: a", "command: [a]", field);
      Project read = Project.read(folder, ROOT);
      assertThatThrownBy(() -> read.resolve(List.of()))
          .as(field)
          .isInstanceOf(MalformedFileException.class)
          .hasMessageStartingWith(port + ": ");
    }
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private static Port resolve(String name, Choice... choices) throws IOException {
    return Project.read(ROOT, ROOT).resolve(List.of(choices)).stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
