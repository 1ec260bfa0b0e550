package torchparity.harness.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.MalformedFileException;

/** The catalogue holds together, and with the ports as they are now. */
class CatalogueTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));

  @TempDir Path folder;
  private Catalogue catalogue;

  @BeforeEach
  void read() throws IOException {
    catalogue = Catalogue.read(ROOT.resolve("harness/mutants"));
  }

  @Test
  void hasEnoughBugsInEnoughFamiliesAndHarmlessRewrites() {
    List<Mutant> bugs = catalogue.mutants().stream().filter(Mutant::isBug).toList();
    long harmless = catalogue.mutants().stream().filter(m -> !m.isBug()).count();
    long families =
        catalogue.families().stream()
            .filter(f -> f.mutants().stream().anyMatch(Mutant::isBug))
            .count();

    assertThat(bugs).hasSizeGreaterThanOrEqualTo(60);
    assertThat(families).isGreaterThanOrEqualTo(12);
    assertThat(harmless * 10).isGreaterThanOrEqualTo(bugs.size());
    assertThat(bugs.stream().filter(m -> m.port() == Target.NU).count())
        .isGreaterThan(bugs.size() / 2);
    assertThat(catalogue.pairs()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void fitsThePortsAndTellsTrueLinesThatExist() throws IOException {
    List<String> problems = new ArrayList<>();
    Set<String> changes = new HashSet<>();
    for (Mutant mutant : catalogue.mutants()) {
      try {
        MutatedPort port = MutatedPort.of(ROOT, mutant.port());
        port.apply(mutant);
        assertThat(Laboratory.lines(mutant, port).isEmpty()).isEqualTo(!mutant.isBug());
        if (!changes.add(mutant.port() + " " + mutant.edits() + mutant.question())) {
          problems.add(mutant.id() + " is another mutant again");
        }
      } catch (MalformedFileException | IllegalArgumentException e) {
        problems.add(mutant.id() + ": " + e.getMessage());
      }
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void givesMutantsIdsThatPortsCanHave() {
    assertThat(catalogue.mutants())
        .allSatisfy(m -> assertThat(m.id()).matches("[A-Za-z0-9][A-Za-z0-9_-]{0,39}"));
  }

  @Test
  void asksOnlyForCasesThatExist() {
    assertThat(catalogue.mutants())
        .allMatch(
            m -> Files.exists(ROOT.resolve("cases").resolve(m.question().caseName() + ".yaml")));
  }

  @Test
  void namesTheFileAndTheMutantAtFault() throws IOException {
    assertThatThrownBy(() -> Catalogue.read(family("causes: [gremlins]")))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("wrong.yaml: mutant some-bug: there is no cause 'gremlins'");
    assertThatThrownBy(() -> Catalogue.read(family("causes: []")))
        .hasMessageContaining("a bug has lines, ops and causes");
    assertThatThrownBy(() -> Catalogue.read(family("causes: [sign]\n    colour: red")))
        .hasMessageContaining("wrong.yaml: line 12: mutants.0.colour: ");
  }

  private Path family(String causes) throws IOException {
    Files.writeString(
        folder.resolve("wrong.yaml"),
        """
        family: wrong
        mutants:
          - id: some-bug
            port: nu
            bug: It is wrong.
            file: blobs.nu
            edits: [{find: a, replace: b}]
            case: data-blobs
            lines: [b]
            ops: [add]
            %s
        """
            .formatted(causes));
    return folder;
  }
}
