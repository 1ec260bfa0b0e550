package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

class TerminalReportTest {
  @TempDir Path folder;

  @Test
  void hasNoCodesButItsOwn() throws Exception {
    ResultDocument hostile = HostileRun.write(folder).document();

    String text = new TerminalReport(Ansi.ON).render(hostile);

    assertThat(text).contains("|*_ [31m", "\u001b[1m\u001b[31mMISMATCH");
    String own = "\u001b\\[([0-9]|[0-9]{2})?m"; // bold, a colour, and their ends
    assertThat(text.replaceAll(own, "")).doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]");
    assertThat(text).doesNotContain("|*_ \u001b");
  }
}
