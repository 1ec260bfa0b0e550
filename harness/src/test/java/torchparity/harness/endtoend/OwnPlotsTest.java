package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ports draw when a person runs them alone is what the page shows of them. */
class OwnPlotsTest {
  private static final String EPOCHS = "20";
  private static final double SEEN = 1e-4; // the page rounds to five digits

  @TempDir static Path folder;
  private static JsonNode page;

  @BeforeAll
  static void drawThePage() throws Exception {
    ParityProcess.Ended run =
        new ParityProcess(folder)
            .run(
                "--case",
                "sgd-training,decision-grid",
                "--dtype",
                "float32",
                "--epochs",
                EPOCHS,
                "--report");
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    String html = Files.readString(run.files().resolve("report.html"));
    String start = "<script type=\"application/json\" id=\"figures\">";
    assertThat(html).contains(start);
    int from = html.indexOf(start) + start.length();
    page = new JsonMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
  }

  @Test
  void ofNushellAgreeWithIt() throws Exception {
    Path own = folder.resolve("nu");
    Path port = ParityProcess.ROOT.resolve("nu/port.nu");
    NuProcess.run(
        folder, List.of(port.toString(), "--epochs", EPOCHS, "--plot", own.toString()), 120);

    JsonNode boundary = new JsonMapper().readTree(own.resolve("decision_boundary.json").toFile());
    JsonNode loss = new JsonMapper().readTree(own.resolve("loss.json").toFile());
    assertRegions(boundary.at("/data/0"));
    for (int c = 0; c < 3; c++) {
      assertPoints("data, class " + c, boundary.at("/data/" + (c + 1)));
    }
    assertNumbers(loss.at("/data/0/y"), curve("nu"));
  }

  @Test
  void ofPythonAgreeWithIt() throws Exception {
    Path drawn = folder.resolve("python.json");
    PythonProcess.run(
        folder,
        120,
        ParityProcess.ROOT.resolve("harness/src/test/resources/plots/drawn.py").toString(),
        EPOCHS,
        drawn.toString());

    JsonNode own = new JsonMapper().readTree(drawn.toFile());
    assertRegions(own.get("contour"));
    for (int c = 0; c < 3; c++) {
      assertPoints("data, class " + c, own.at("/classes/" + c));
    }
    assertNumbers(own.get("loss"), curve("python"));
  }

  private static void assertRegions(JsonNode own) {
    JsonNode map = shown("heatmap", "class");
    assertNumbers(own.get("x"), map.get("x"));
    assertNumbers(own.get("y"), map.get("y"));
    assertThat(resolved(map.get("z"))).as("classes").isEqualTo(own.get("z"));
  }

  private static void assertPoints(String name, JsonNode own) {
    JsonNode trace = shown("scatter", name);
    assertNumbers(own.get("x"), trace.get("x"));
    assertNumbers(own.get("y"), trace.get("y"));
  }

  private static void assertNumbers(JsonNode own, JsonNode shown) {
    JsonNode numbers = resolved(shown);
    assertThat(numbers.size()).isEqualTo(own.size()).isPositive();
    for (int i = 0; i < own.size(); i++) {
      double value = own.get(i).asDouble();
      assertThat(numbers.get(i).asDouble())
          .as("element %d", i)
          .isCloseTo(value, within(SEEN * Math.max(1e-2, Math.abs(value))));
    }
  }

  private static JsonNode resolved(JsonNode reference) {
    return page.get("shared").get(reference.get("shared").asText());
  }

  /** The losses of a port, whose name may stand with others that drew the same. */
  private static JsonNode curve(String port) {
    return figures()
        .filter(figure -> figure.at("/layout/yaxis/title/text").asText().equals("loss"))
        .flatMap(OwnPlotsTest::traces)
        .filter(trace -> List.of(trace.get("name").asText().split(" = ")).contains(port))
        .findFirst()
        .orElseThrow()
        .get("y");
  }

  private static Stream<JsonNode> figures() {
    return StreamSupport.stream(page.get("figures").spliterator(), false);
  }

  private static Stream<JsonNode> traces(JsonNode figure) {
    return StreamSupport.stream(figure.get("data").spliterator(), false);
  }

  /** The first trace on the page of this type and name. */
  private static JsonNode shown(String type, String name) {
    return figures()
        .flatMap(OwnPlotsTest::traces)
        .filter(trace -> trace.get("type").asText().equals(type))
        .filter(trace -> trace.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the page has no " + type + " " + name));
  }
}
