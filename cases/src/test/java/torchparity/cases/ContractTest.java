package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a port may rely on in a job, and what is refused when it comes from elsewhere. */
class ContractTest {
  private static final String INSTANCE =
      """
      {"id": "a.seed-1", "scenario": "s", "dtype": "float32", "seed": 1, "parameters": {}, "trace": "t"}\
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"format", "events", "instances"})
  void saysWhichFieldAJobLacks(String field) throws Exception {
    String job = "{\"format\": \"f\", \"events\": \"e\", \"threads\": 1, \"instances\": []}";

    assertThatThrownBy(() -> read(without(job, field)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'" + field + "' is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "scenario", "dtype", "parameters", "trace"})
  void saysWhichFieldAnInstanceLacks(String field) throws Exception {
    String job =
        "{\"format\": \"f\", \"events\": \"e\", \"threads\": 1, \"instances\": [%s]}"
            .formatted(without(INSTANCE, field));

    assertThatThrownBy(() -> read(job))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'" + field + "' is missing");
  }

  @Test
  void fillsInWhatMayBeLeftOut() throws Exception {
    Job plain =
        read(
            "{\"format\": \"f\", \"events\": \"e\", \"threads\": 1, \"instances\": [%s]}"
                .formatted(INSTANCE));
    Job watching =
        read(
            """
            {"format": "f", "events": "e", "threads": 1, "instances": [], "watch": ["m:f"]}\
            """);
    Job exact =
        read(
            "{\"format\": \"f\", \"events\": \"e\", \"threads\": 1, \"instances\": [%s]}"
                .formatted(INSTANCE.replace("\"seed\"", "\"products\": \"exact\", \"seed\"")));

    assertThat(plain.watch()).isEmpty();
    assertThat(plain.instances().get(0).products()).isEqualTo(Products.BLAS);
    assertThat(watching.watch()).containsExactly("m:f");
    assertThat(exact.instances().get(0).products()).isEqualTo(Products.EXACT);
  }

  @Test
  void logsFromTheFirstToTheLastOfAWindow() {
    LogWindow window = new LogWindow(1, 3);

    assertThat(window.contains(0)).isFalse();
    assertThat(window.contains(1)).isTrue();
    assertThat(window.contains(3)).isTrue();
    assertThat(window.contains(4)).isFalse();
    assertThat(new LogWindow(0, 0).contains(0)).isTrue();
    assertThatThrownBy(() -> new LogWindow(-1, 3)).hasMessageContaining("from -1, to 3");
    assertThatThrownBy(() -> new LogWindow(2, 1)).hasMessageContaining("from 2, to 1");
  }

  @Test
  void writesNoLossThatJsonCannotSay() {
    assertThat(Event.step("a", 1, 2, 0.5).loss()).isEqualTo(0.5);
    assertThat(Event.step("a", 1, 2, Double.NaN).loss()).isNull();
  }

  @Test
  void readsFilesUpToTheBoundAndNoLinks() throws Exception {
    Path file = Files.write(folder.resolve("four"), new byte[4]);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    RegularFile.check(file, 4);
    RegularFile.check(folder.resolve("missing"), 0);
    assertThatThrownBy(() -> RegularFile.check(file, 3))
        .hasMessageContaining("has 4 bytes; at most 3 are read");
    assertThatThrownBy(() -> RegularFile.check(link, 4)).hasMessageContaining("no regular file");
    assertThatThrownBy(() -> ContractJson.read(link, Job.class))
        .hasMessageContaining("no regular file");
  }

  private Job read(String json) throws Exception {
    return ContractJson.readChecking(
        Files.writeString(folder.resolve("job.json"), json), Job.class);
  }

  private static String without(String json, String field) {
    String less = json.replaceFirst("\"" + field + "\": (\"[^\"]*\"|\\{}|\\[]|1)(, |(?=}))", "");
    assertThat(less).isNotEqualTo(json);
    return less.replace(", }", "}");
  }
}
