package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MalformedFileExceptionTest {
  private static final Path FILE = Path.of("probes.jsonl");

  @Test
  void quotesNoMoreThanAPersonReads() {
    String said = new MalformedFileException(FILE, "x".repeat(15 << 20)).getMessage();

    assertThat(said).startsWith("probes.jsonl: xxx").hasSizeLessThan(2100);
    assertThat(said).endsWith("... (and 15726640 letters more)");
  }

  @Test
  void steersNoTerminal() {
    assertThat(new MalformedFileException(FILE, "a\u001b[31mb\u009b1mc\r\nd").getMessage())
        .isEqualTo("probes.jsonl: a[31mb1mc\nd");
  }
}
