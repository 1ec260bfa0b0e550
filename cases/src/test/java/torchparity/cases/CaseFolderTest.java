package torchparity.cases;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseFolderTest {
  private static final Path SHIPPED = Path.of(System.getProperty("parity.root"), "cases");
  private static final String CASE =
      """
      name: sum
      title: A sum
      scenario: sum
      parameters: {size: 3}
      seeds: [42]
      dtypes: [float32]
      probes:
        - name: sum.x
          shape: [size]
        - name: sum.value
          shape: []
          allowed:
            float32: {rtol: 0, atol: 1.0e-6, reason: measured}
      """;

  @TempDir Path folder;

  @BeforeEach
  void copyTheSchema() throws IOException {
    Files.copy(SHIPPED.resolve("case.schema.json"), folder.resolve("case.schema.json"));
  }

  @Test
  void readsEveryShippedCase() throws IOException {
    assertThat(new CaseFolder(SHIPPED).readAll())
        .extracting(Case::name)
        .containsExactly(
            "cross-entropy", "data-blobs", "decision-grid", "forward-pass", "sgd-training");
  }

  /** Whether it learned could not be judged else. */
  @Test
  void knowsWhereEachShippedCaseThatTrainsRecordsItsLoss() throws IOException {
    assertThat(new CaseFolder(SHIPPED).readAll())
        .filteredOn(c -> c.parameters().has("epochs"))
        .hasSize(2)
        .allSatisfy(c -> assertThat(c.probe(requireNonNull(c.training()).curve())).isPresent());
  }

  @Test
  void wantsTheScenarioOfTheStepsWithTheStates() {
    assertProblem(CASE + "training: {curve: sum.value, states: train}\n", "training");
  }

  @Test
  void readsWhatIsExpectedOfAProbe() throws IOException {
    Case read = read(CASE);

    assertThat(read.probes().get(0).allowed()).isEmpty();
    assertThat(read.probe("sum.value").orElseThrow().allowed().get("float32"))
        .isEqualTo(new Case.Allowance(0, 1e-6, "measured"));
  }

  @Test
  void namesLineAndFieldOfAMisspeltField() {
    assertProblem(CASE.replace("seeds:", "sedes:"), "line 5: sedes: no such field");
  }

  @Test
  void namesLineAndFieldOfAValueThatIsWrong() {
    assertProblem(
        CASE.replace("atol: 1.0e-6", "atol: tiny"), "line 13: probes.1.allowed.float32.atol:");
    assertProblem(CASE.replace("[float32]", "[float16]"), "line 6: dtypes.0:");
  }

  @Test
  void namesTheLineWhereTheYamlIsBroken() {
    assertProblem(CASE.replace("seeds: [42]", "seeds: [42"), "line ");
    assertProblem(CASE.replace("title: A sum", "name: sum"), "line 2: Duplicate field 'name'");
  }

  @Test
  void saysWhatIsWrongWithTheYaml() {
    assertProblem(
        CASE.replace("[float32]", "[float32"), "line 7: while parsing a flow sequence: expected");
    assertProblem(CASE + "---\nname: more\n", "line 14: expected a single document");
    assertProblem("", "the case");
  }

  @Test
  void namesTheFieldOfANumberThatNoCaseCanMean() {
    assertProblem(CASE.replace("[42]", "[1.0]"), "line 5: seeds.0: a seed must be an integer");
    assertProblem(
        CASE.replace("[42]", "[99999999999999999999]"), "line 5: seeds.0: a seed must be");
    assertProblem(CASE.replace("[42]", "[42, 1.0]"), "line 5: seeds.1: a seed must be an integer");
    assertProblem(
        CASE.replace("size: 3", "size: 3, rates: [1, 1.0e+999]"),
        "line 4: parameters.rates.1: a number must be finite");
    assertProblem(
        CASE.replace("1.0e-6", ".inf"),
        "line 13: probes.1.allowed.float32.atol: a number must be finite");
    assertProblem(CASE.replace("rtol: 0", "rtol: .nan"), "rtol: a number must be finite");
  }

  @Test
  void refusesAParameterThatTheScenarioDoesNotKnow() {
    String blobs = CASE.replace("scenario: sum", "scenario: data-blobs");

    assertProblem(blobs, "line 4: parameters.size: no such field");
    assertProblem(blobs, "line 4: parameters: required property 'n_samples' not found");
  }

  @Test
  void namesAFileThatIsNoUtf8() throws IOException {
    Path file = folder.resolve("sum.yaml");
    Files.write(file, CASE.replace("A sum", "Une \u00e9tude").getBytes(ISO_8859_1));

    assertThatThrownBy(() -> new CaseFolder(folder).read(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("sum.yaml: is not UTF-8");
  }

  @Test
  void doesNotOverlookAFileForItsExtension() throws IOException {
    Files.writeString(folder.resolve("sum.yml"), CASE);

    assertThatThrownBy(() -> new CaseFolder(folder).readAll())
        .hasMessageContaining("sum.yml: the names of case files end in .yaml");
  }

  @Test
  void namesASchemaThatIsBroken() throws IOException {
    Files.writeString(folder.resolve("case.schema.json"), "{");

    assertThatThrownBy(() -> new CaseFolder(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("case.schema.json: ");
  }

  @Test
  void refusesASizeThatIsNoParameter() {
    assertProblem(CASE.replace("[size]", "[sice]"), "line 9: probes.0.shape: no integer parameter");
  }

  @Test
  void refusesAProbeThatStandsTwice() {
    assertProblem(CASE.replace("sum.value", "sum.x"), "line 10: probe 'sum.x' stands twice");
  }

  @Test
  void refusesAPlotOfWhatIsNotRecorded() {
    assertProblem(
        CASE
            + "plots:\n  - {kind: curve, probes: [sum.value]}\n  - {kind: curve, probes: [loss]}\n",
        "line 16: plots.1: no probe is called 'loss'");
  }

  @Test
  void refusesACaseInAFileOfAnotherName() {
    assertProblem(CASE.replace("name: sum\n", "name: product\n"), "must be called product.yaml");
  }

  @Test
  void refusesAliasesWhichMayStandForGigabytes() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 25; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertProblem(bomb.toString(), "line 2: *a0: aliases are not read");
  }

  @Test
  void refusesAListThatHoldsItself() {
    assertProblem(CASE.replace("[42]", "&s [*s]"), "line 5: *s: aliases are not read");
  }

  @Test
  void doesNotTakeAnAliasForItsName() {
    assertProblem(
        CASE.replace("title: A sum", "title: &t A sum").replace("measured", "*t"),
        "line 13: *t: aliases are not read");
  }

  @Test
  void makesNoObjectsOfTaggedValues() {
    assertProblem(
        CASE.replace("A sum", "!!java.net.URL \"http://localhost/\""),
        "line 2: tag:yaml.org,2002:java.net.URL: tags are not read");
    assertProblem(CASE.replace("A sum", "!!binary aGk="), "tags are not read");
    assertProblem(CASE.replace("A sum", "!!binary"), "line 2: ");
  }

  @Test
  void namesAnEscapeThatIsCutOff() {
    assertProblem("title: \"\\u", "is no YAML: ");
  }

  @Test
  void refusesDeepNestingAndLongFiles() {
    assertProblem(
        CASE.replace("[42]", "[".repeat(5000) + "]".repeat(5000)), "Nesting Depth exceeded max 50");
    assertProblem(CASE + "#".repeat(1 << 20), "at most 1048576 are read");
  }

  @Test
  void opensNoPipeAndNoDevice() throws IOException {
    Path file = Files.createSymbolicLink(folder.resolve("sum.yaml"), Path.of("/dev/zero"));

    assertThatThrownBy(() -> new CaseFolder(folder).read(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("sum.yaml: is no regular file");
  }

  @Test
  void followsALinkOfTheUsersOwn() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("text"), CASE);
    Path file = Files.createSymbolicLink(folder.resolve("sum.yaml"), elsewhere);

    assertThat(new CaseFolder(folder).read(file).name()).isEqualTo("sum");
  }

  private void assertProblem(String text, String problem) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("sum.yaml: ")
        .hasMessageContaining(problem);
  }

  private Case read(String text) throws IOException {
    Path file = folder.resolve("sum.yaml");
    Files.writeString(file, text);
    return new CaseFolder(folder).read(file);
  }
}
