package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.qameta.allure.Allure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.endtoend.ParityProcess.Ended;
import torchparity.harness.report.Matrix;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.SavedRun;
import torchparity.harness.report.ci.ShortStory;
import torchparity.harness.report.html.Browser;

/**
 * The shipped cases with three real runtimes and few epochs, each case and pair a test of its own;
 * tags choose a tier: {@code -Dgroups=exact}. The text of a failure is its short story.
 */
class CasesTest {
  private static final long MOST_PAGE_BYTES = 3_000_000;

  @TempDir static Path folder;
  private static Ended run = new Ended(0, "", "", Path.of(""));
  private static ResultDocument result;

  @BeforeAll
  static void runEverythingOnce() throws Exception {
    run = new ParityProcess(folder).run("--epochs", "5", "--report");
    result = SavedRun.open(run.files()).document();
  }

  @Test
  void findParityInAllFiveScenarios() {
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(result.compared()).isEqualTo(66);
    assertThat(run.out()).contains("PARITY  all 66 comparisons match");
  }

  @Test
  void leaveReportsOfModestSize() {
    assertThat(run.files().resolve("report.html").toFile().length())
        .isBetween(1_500_000L, MOST_PAGE_BYTES);
    assertThat(List.of("junit.xml", "summary.md", "findings.sarif"))
        .allMatch(name -> run.files().resolve(name).toFile().length() > 0);
  }

  @Test
  void leaveAPageThatABrowserShowsWithoutComplaint() throws Exception {
    assumeTrue(Browser.program().isPresent(), "SKIPPED: no Chromium on this machine");
    try (Browser browser = new Browser(Files.createDirectory(folder.resolve("profile")))) {
      browser.open(run.files().resolve("report.html"), 1280, 900, false);

      assertThat(browser.evaluate("document.querySelector('h1').innerText").asText())
          .isEqualTo("PARITY all 66 comparisons match");
      assertThat(browser.evaluate("document.querySelectorAll('.matrix tbody tr').length").asInt())
          .isEqualTo(22);
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.networkRequests()).isEmpty();
    }
  }

  @TestFactory
  @Tag("exact")
  Stream<DynamicNode> agreeInTheExactTier() {
    return cases("exact");
  }

  @TestFactory
  @Tag("float64")
  Stream<DynamicNode> agreeInFloat64() {
    return cases("float64");
  }

  @TestFactory
  @Tag("float32")
  Stream<DynamicNode> agreeInFloat32() {
    return cases("float32");
  }

  private static Stream<DynamicNode> cases(String tier) {
    Map<String, List<Comparison>> cases = new TreeMap<>();
    result.comparisons().stream()
        .filter(c -> c.tier().equals(tier))
        .forEach(c -> cases.computeIfAbsent(c.instance(), k -> new java.util.ArrayList<>()).add(c));
    return cases.entrySet().stream()
        .map(
            e ->
                dynamicContainer(
                    e.getKey(),
                    e.getValue().stream().map(c -> dynamicTest(c.pair(), () -> check(c)))));
  }

  private static void check(Comparison c) {
    Allure.feature(c.caseName());
    Allure.label("runtime", c.candidate());
    Allure.label("reference", c.reference());
    Allure.label("dtype", c.dtype());
    Allure.label("tier", c.tier());
    Allure.parameter("seed", c.seed());
    Allure.addAttachment("standard error of the run", run.err());
    c.probes().forEach(p -> Allure.step(p.probe() + ": " + p.text()));
    assertThat(c.verdict().fails()).as(new ShortStory(result).text(c)).isFalse();
    if (c.exact()) {
      assertThat(Matrix.text(List.of(c))).startsWith("identical");
    }
  }
}
