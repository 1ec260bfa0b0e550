package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.cases.MalformedFileException;

class ReferencesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"candidate\" : \"mine\"; \"candidate\" : \"ghost\"; comparisons.0: there is no port 'ghost'",
        "\"reference\" : \"ref\",\\s+\"candidate\"; \"reference\": \"who\", \"candidate\"; no port 'who'",
        "\"caseName\" : \"a-case\"; \"caseName\" : \"z\"; comparisons.0: there is no case 'z'",
        "\\[ \"points\", \"labels\" \\]; [ \"points\" ]; kind POINTS needs 2 probes",
        "\\[ \"loss\" \\]; [ ]; kind CURVE needs 1 probes",
        "2026-11-25T00:00:00Z; yesterday; times.started: 'yesterday' is no time",
        "2026-11-25T00:00:00Z; +1000000000-12-31T23:59:59Z; times.started: '+1000000000-12-31",
        "\"ref\",(\\s+\"candidate\" : \"mine\",\\s+\"status\"); \"who\",$1; diagnoses.0: there is no port 'who'",
        "\"mine\",(\\s+\"status\"); \"ghost\",$1; diagnoses.0: there is no port 'ghost'",
      })
  void thatLeadNowhereAreTold(String right, String wrong, String told) throws Exception {
    HostileRun.write(folder);
    Path file = folder.resolve(ResultFile.NAME);
    String text = Files.readString(file);
    String changed = text.replaceFirst(right, wrong);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(file, changed);

    assertThatThrownBy(() -> ResultFile.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(told);
  }
}
