package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Explanation;
import torchparity.harness.report.ci.JUnitXml;
import torchparity.harness.report.ci.Markdown;
import torchparity.harness.report.ci.Sarif;
import torchparity.harness.report.html.HtmlReport;
import torchparity.harness.verdict.Verdict;

/**
 * Thousands of failures, and as many diagnoses of others. Each looked up among all others, they
 * would take minutes or hours, and take seconds.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ManyFailuresTest {
  private static final int MANY = 3000;

  @TempDir Path folder;
  private SavedRun large;

  @BeforeEach
  void writeTheRun() throws Exception {
    ResultDocument run = HostileRun.write(folder).document();
    Comparison one = run.comparisons().get(0);
    assertThat(one.verdict()).isEqualTo(Verdict.MISMATCH);
    Explanation why = run.diagnoses().get(0);
    Files.writeString(
        folder.resolve(ResultFile.NAME),
        ResultFile.text(
            Changed.with(
                run,
                false,
                IntStream.range(0, MANY)
                    .mapToObj(i -> Changed.with(one, "c.seed-" + i, Verdict.MISMATCH))
                    .toList(),
                IntStream.range(0, MANY).mapToObj(i -> inInstance(why, "d.seed-" + i)).toList())));
    large = SavedRun.open(folder);
  }

  @Test
  void areToldToCiSystems() {
    assertThat(new JUnitXml(large.document()).render())
        .contains("tests=\"" + MANY + "\"", "c.seed-" + (MANY - 1));
    assertThat(Markdown.render(large.document())).hasSizeLessThan(Markdown.MOST_BYTES);
    assertThat(new Sarif(large.document()).render()).contains("c.seed-0");
  }

  @Test
  void areShownOnAPage() throws Exception {
    String page = new HtmlReport(Path.of(System.getProperty("parity.root"))).render(large);

    assertThat(page.contains("d.seed-" + (MANY - 1))).as("the last diagnosis").isTrue();
  }

  private static Explanation inInstance(Explanation d, String instance) {
    return new Explanation(
        instance,
        d.reference(),
        d.candidate(),
        d.status(),
        d.cause(),
        d.first(),
        d.story(),
        d.findings(),
        d.note());
  }
}
