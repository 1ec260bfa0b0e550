package torchparity.harness.report.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import torchparity.harness.report.HostileRun;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultFile;

/** The formats for CI systems, of a run that attacks each of them. */
class CiReportsTest {
  @TempDir Path folder;
  private ResultDocument run;

  @BeforeEach
  void writeARun() throws Exception {
    run = HostileRun.write(folder).document();
  }

  @Test
  void givesEachCaseAndPairATestCaseInJUnitXml() throws Exception {
    Element suites =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(new JUnitXml(run).render())))
            .getDocumentElement();

    assertThat(suites.getAttribute("tests")).isEqualTo("2");
    assertThat(suites.getAttribute("failures")).isEqualTo("1");
    assertThat(suites.getAttribute("errors")).isEqualTo("1");
    Element failure = (Element) suites.getElementsByTagName("failure").item(0);
    assertThat(failure.getTextContent())
        .contains("mine / ref, a-case.seed-1.float64")
        .contains("<script>window.hacked=1")
        .contains("again: ./parity run --case a-case");
    NodeList cases = suites.getElementsByTagName("testcase");
    assertThat(cases.getLength()).isEqualTo(4);
    assertThat(((Element) cases.item(0)).getAttribute("name")).isEqualTo("mine / ref");
  }

  @Test
  void fencesWhatIsFullOfFences() {
    assertThat(Markdown.fence("a")).isEqualTo("```");
    assertThat(Markdown.fence("a ``` b ````` c ``")).isEqualTo("``````");
    assertThat(Markdown.fence("`".repeat(10_000_000))).hasSize(10_000_001);
  }

  @Test
  void writesMarkdownInWhichNothingIsMarkup() {
    String text = Markdown.render(run);

    assertThat(text).startsWith("# NO PARITY: failed: mine; 1 of 1 comparisons differ");
    String outsideFences = text.replaceAll("(?s)(`{3,})text\n.*?\n\\1\n", "");
    assertThat(outsideFences).doesNotContain("<").contains("| a-case | float64 |");
    assertThat(text.lines().filter(line -> line.startsWith("|"))).hasSize(4);
  }

  @Test
  void pointsSarifAtTheBlamedLine() throws Exception {
    JsonNode sarif = new JsonMapper().readTree(new Sarif(run).render());

    JsonNode result = sarif.at("/runs/0/results/1");
    JsonNode place = result.at("/locations/0/physicalLocation");
    assertThat(sarif.path("version").asText()).isEqualTo("2.1.0");
    assertThat(result.path("ruleId").asText()).isEqualTo("scale");
    assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo("ports/port.py");
    assertThat(place.at("/region/startLine").asInt()).isEqualTo(7);
  }

  @Test
  void writesSarifInWhichNothingIsALinkOrAPlaceholder() throws Exception {
    JsonNode sarif = new JsonMapper().readTree(new Sarif(run).render());

    for (JsonNode result : sarif.at("/runs/0/results")) {
      String text = result.at("/message/text").asText();
      assertThat(text).contains("\\[here\\](https://example.org) {{0}} @|evil x|@ \\\\");
      assertThat(text.replaceAll("\\\\[\\\\\\[\\]]|\\{\\{|\\}\\}", ""))
          .doesNotContainPattern("[\\[\\]{}\\\\]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/x/../../etc/pass wd",
        "https:x",
        "/etc/passwd",
        "//example.com/x",
        "x/../../secret",
        "..\\\\x/secret"
      })
  void pointsSarifAtNothingOutsideOfTheProject(String path) throws Exception {
    Path file = folder.resolve(ResultFile.NAME);
    Files.writeString(
        file, Files.readString(file).replace("\"ports/port.py\"", "\"" + path + "\""));

    assertThat(uris(new Sarif(ResultFile.read(folder)).render()))
        .hasSize(2)
        .allMatch(uri -> uri.matches("([A-Za-z0-9._~/-]|%[0-9A-F]{2})+"))
        .noneMatch(uri -> uri.startsWith("/") || uri.contains("..") || uri.contains("secret"));
  }

  @Test
  void encodesPathsInSarif() throws Exception {
    Path file = folder.resolve(ResultFile.NAME);
    Files.writeString(
        file, Files.readString(file).replace("\"ports/port.py\"", "\"my ports/pört#1.py\""));

    assertThat(uris(new Sarif(ResultFile.read(folder)).render()))
        .contains("my%20ports/p%C3%B6rt%231.py");
  }

  private static List<String> uris(String sarif) throws Exception {
    return new JsonMapper().readTree(sarif).findValuesAsText("uri");
  }

  @Test
  void annotatesTheLineInOneCommandEach() {
    List<String> commands = Annotations.of(run);

    assertThat(commands).hasSize(2).allMatch(c -> c.startsWith("::error ") && !c.contains("\n"));
    assertThat(commands.get(1))
        .startsWith("::error file=ports/port.py,line=7,title=MISMATCH%3A mine / ref::");
  }

  @Test
  void givesTheSameBytesTwice() {
    assertThat(Markdown.render(run)).isEqualTo(Markdown.render(run));
    assertThat(new JUnitXml(run).render()).isEqualTo(new JUnitXml(run).render());
    assertThat(new Sarif(run).render()).isEqualTo(new Sarif(run).render());
  }
}
