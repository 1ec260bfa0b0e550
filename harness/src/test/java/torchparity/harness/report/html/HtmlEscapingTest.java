package torchparity.harness.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.report.HostileRun;

/** The page's text, where there is no browser to look at it; {@link HtmlReportTest} has one. */
class HtmlEscapingTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));

  @TempDir Path folder;

  @Test
  void escapesAllThatAPortSaid() throws Exception {
    String page = new HtmlReport(ROOT).render(HostileRun.write(folder));

    // Not doesNotContain, which would print three megabytes.
    assertThat(page.contains(HostileRun.ATTACK)).as("the attack as it is").isFalse();
    for (String markup :
        new String[] {"<script>window.hacked", "<img src=x", "<b>bold", "<a href=\"https:"}) {
      assertThat(page.contains(markup)).as(markup).isFalse();
    }
    assertThat(page.contains("&lt;script&gt;window.hacked=1")).as("escaped, and shown").isTrue();
    assertThat(page.contains(HostileRun.SECRET)).as("a secret").isFalse();
  }
}
