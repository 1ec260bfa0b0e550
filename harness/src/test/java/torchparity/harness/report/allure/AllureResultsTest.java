package torchparity.harness.report.allure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.report.HostileRun;
import torchparity.harness.report.SavedRun;

class AllureResultsTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));

  @TempDir Path folder;

  @Test
  void makesEachComparisonATestWithStepsAndAttachments() throws Exception {
    Path results = folder.resolve("results");
    new AllureResults(HostileRun.write(folder)).write(results);

    List<JsonNode> tests = tests(results);
    assertThat(tests).hasSize(2);
    JsonNode mismatch =
        tests.stream().filter(t -> t.path("status").asText().equals("failed")).findFirst().get();
    assertThat(mismatch.at("/statusDetails/message").asText()).startsWith("Tolerance exceeded: ");
    assertThat(mismatch.path("steps").findValuesAsText("name"))
        .contains("run ref", "run mine", "compare 1 probes", "diagnose: SUSPECTED");
    assertThat(mismatch.path("labels").toString()).contains("float64", "mine", "seed");
    for (JsonNode attachment : mismatch.path("attachments")) {
      assertThat(results.resolve(attachment.path("source").asText())).exists();
    }
    assertThat(tests).anyMatch(t -> t.path("status").asText().equals("broken"));
    assertThat(Files.readString(results.resolve("categories.json"))).contains("Timed out");
  }

  @Test
  void givesTheSameFilesTwice() throws Exception {
    SavedRun run = HostileRun.write(folder);

    new AllureResults(run).write(folder.resolve("one"));
    new AllureResults(run).write(folder.resolve("two"));

    assertThat(files(folder.resolve("one"))).isEqualTo(files(folder.resolve("two")));
  }

  @Test
  void buildsThePageOfflineWithoutTrackingAndKeepsTheHistory() throws Exception {
    SavedRun run = HostileRun.write(folder);
    Path history = folder.resolve("kept");

    Path page = new AllurePage(ROOT, history).write(run);

    assertThat(Files.readString(page)).doesNotContain("googletagmanager", "gtag");
    assertThat(history.resolve("history-trend.json")).exists();
    assertThat(Files.readString(page.resolveSibling("widgets/categories.json")))
        .contains("Tolerance exceeded", "Crashed");
  }

  private static List<JsonNode> tests(Path results) throws IOException {
    List<JsonNode> tests = new ArrayList<>();
    for (Map.Entry<String, String> file : files(results).entrySet()) {
      if (file.getKey().endsWith("-result.json")) {
        tests.add(new JsonMapper().readTree(file.getValue()));
      }
    }
    return tests;
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
