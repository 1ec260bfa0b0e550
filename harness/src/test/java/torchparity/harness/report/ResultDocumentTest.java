package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.cases.MalformedFileException;

class ResultDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));

  @TempDir Path folder;

  @Test
  void readsBackEveryByte() throws Exception {
    String json = ResultFile.text(HostileRun.write(folder).document());

    assertThat(ResultFile.text(ResultFile.read(folder))).isEqualTo(json).contains("\"NaN\"");
  }

  @Test
  void keepsToItsSchemaWhichNoticesMistakes() throws Exception {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(ROOT.resolve("harness/result.schema.json")), InputFormat.JSON);
    JsonMapper mapper = new JsonMapper();
    JsonNode document = mapper.readTree(ResultFile.text(HostileRun.write(folder).document()));
    assertThat(schema.validate(document)).as("a dtype and a tier that are attacks").hasSize(2);
    ((ObjectNode) document.at("/comparisons/1")).put("dtype", "float64").put("tier", "float64");
    String json = document.toString();

    assertThat(schema.validate(mapper.readTree(json))).isEmpty();
    assertThat(schema.validate(mapper.readTree(json.replace("\"MISMATCH\"", "\"PERHAPS\""))))
        .isNotEmpty();
    Path sample = ROOT.resolve("reports/sample/result.json");
    assertThat(schema.validate(mapper.readTree(Files.readString(sample)))).isEmpty();
  }

  @Test
  void refusesAnotherVersion() throws Exception {
    Files.writeString(folder.resolve("result.json"), "{\"format\": \"torch-parity-result/1\"}");

    assertThatThrownBy(() -> SavedRun.open(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("format is 'torch-parity-result/1'");
  }

  @ParameterizedTest
  @CsvSource({"log, ports.0.log", "name, cases.0.name", "story, diagnoses.0.story"})
  void namesAFieldThatIsMissing(String field, String place) throws Exception {
    String json = ResultFile.text(HostileRun.write(folder).document());
    String without = json.replaceFirst("\"%s\" : \"[^\\n]*\",".formatted(field), "");
    assertThat(without).isNotEqualTo(json);
    Files.writeString(folder.resolve("result.json"), without);

    assertThatThrownBy(() -> ResultFile.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageEndingWith("'%s' is missing".formatted(place));
  }

  @Test
  void refusesTextThatIsNoUtf8() throws Exception {
    Files.write(folder.resolve("result.json"), new byte[] {0, 0, 'x', 'y', 'z', '{', '}', 0});

    assertThatThrownBy(() -> ResultFile.read(folder)).isInstanceOf(MalformedFileException.class);
  }

  @Test
  void readsALongPathWithoutRunningOutOfStack() throws Exception {
    String json = ResultFile.text(HostileRun.write(folder).document());
    String path = "a/".repeat(50_000) + "log.txt";
    Files.writeString(folder.resolve("result.json"), json.replace("mine/log.txt", path));

    assertThat(ResultFile.read(folder).port("mine").log()).isEqualTo(path);
  }

  @Test
  void readsTextsThatCanBeWrittenAgain() throws Exception {
    String json = ResultFile.text(HostileRun.write(folder).document());
    Files.writeString(
        folder.resolve("result.json"), json.replaceFirst("\"story\" : \"", "$0\\\\ud800 "));

    String again = ResultFile.text(ResultFile.read(folder));

    assertThat(again).contains("\"story\" : \"\ufffd ");
  }
}
