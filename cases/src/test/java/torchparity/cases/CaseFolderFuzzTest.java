package torchparity.cases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.fuzz.Fuzz;
import torchparity.fuzz.Mutator;

/** Case files, mutated: refused by name, or read. */
class CaseFolderFuzzTest {
  private static final Path SHIPPED = Path.of(System.getProperty("parity.root"), "cases");

  @TempDir Path folder;

  @Test
  void caseFiles() throws Exception {
    List<String> documents = new ArrayList<>();
    for (String name : List.of("data-blobs", "sgd-training")) {
      documents.add(
          Files.readString(SHIPPED.resolve(name + ".yaml"), UTF_8)
              .replaceFirst("(?m)^name: .*$", "name: fuzz"));
    }
    documents.add(
        "{\"name\": \"fuzz\", \"title\": \"A sum\", \"scenario\": \"sum\", \"parameters\": {\"size\": 3}, "
            + "\"seeds\": [42], \"dtypes\": [\"float32\"], \"probes\": [{\"name\": \"x\", \"shape\": [\"size\"]}]}");
    documents.add(deep());
    Path file = folder.resolve("fuzz.yaml");
    CaseFolder cases = new CaseFolder(folder, SHIPPED.resolve(CaseFolder.SCHEMA));

    new Fuzz("case", MalformedFileException.class, 4 << 20, 5_000)
        .run(
            Mutator.ofTexts(documents),
            2_000,
            bytes -> cases.read(Fuzz.write(file, bytes)),
            read -> assertThat(read.name()).isEqualTo("fuzz"));
  }

  /** Long names around many numbers. */
  private static String deep() {
    StringBuilder parameters = new StringBuilder();
    for (int depth = 0; depth < 15; depth++) {
      parameters.append("{").append("k".repeat(1000)).append(": ");
    }
    parameters.append("[0").append(",0".repeat(5_000)).append("]").append("}".repeat(15));
    return "{name: fuzz, title: A sum, scenario: sum, parameters: {deep: "
        + parameters
        + "}, seeds: [42], dtypes: [float32], probes: [{name: x, shape: ['*']}]}";
  }
}
