package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MalformedFileExceptionTest {
  private static final Path FILE = Path.of("probes.jsonl");

  @Test
  void quotesNoMoreThanAPersonReadsAndStillSaysWhatIsWrong() {
    String problem = "'" + "x".repeat(15 << 20) + "' is not a probe name";

    String said = new MalformedFileException(FILE, problem).getMessage();

    assertThat(said).startsWith("probes.jsonl: 'xxx").hasSizeLessThan(2100);
    assertThat(said)
        .contains("x...(15726662 letters left out)...x")
        .endsWith("' is not a probe name");
  }

  @Test
  void quotesWhatAPersonReadsWhole() {
    String problem = "x".repeat(2000);

    assertThat(new MalformedFileException(FILE, problem)).hasMessage("probes.jsonl: " + problem);
    assertThat(new MalformedFileException(FILE, problem + "y"))
        .hasMessageContaining("x...(1 letters left out)...x");
  }

  @Test
  void cutsNoLetterInTwo() {
    for (int before = 0; before < 2; before++) {
      String problem = "x".repeat(before) + "\ud83d\ude00".repeat(5000);

      assertThat(new MalformedFileException(FILE, problem).getMessage())
          .matches(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
    }
  }

  @Test
  void steersNoTerminal() {
    assertThat(new MalformedFileException(FILE, "a\u001b[31mb\u009b1mc\r\nd").getMessage())
        .isEqualTo("probes.jsonl: a[31mb1mc\nd");
  }
}
