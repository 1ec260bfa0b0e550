package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void leavesNothingThatSteersATerminal() {
    assertThat(PlainText.of("a\u001b[31m\tb\u009b\r\nc\u0007\u007f")).isEqualTo("a[31m\tb\nc");
  }

  @Test
  void isOneLine() {
    assertThat(PlainText.line("a\nb\u001b[0m\tc\n")).isEqualTo("ab[0m\tc");
  }
}
