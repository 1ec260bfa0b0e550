package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** Programs that know nothing of this, and whose functions are watched. */
class WatchTest {
  private static final String PORT =
      """
      name: %s
      program: %s
      command: ["{python}", -m, torch_parity, "{program}", --job, "{job}"]
      supports: {watch: true}
      """;

  @TempDir Path folder;

  @Test
  void recordsArgumentsAndResultsOfAnUnchangedProgramAndFindsWhatDiffers() throws Exception {
    String program =
        Files.readString(
            ParityProcess.ROOT.resolve("harness/src/test/resources/ports/unchanged.py"));
    Files.writeString(folder.resolve("line.py"), program);
    Path other = Files.createDirectory(folder.resolve("other")).resolve("line.py");
    Files.writeString(other, program.replace("return 3 * x", "return 3.5 * x"));
    Files.writeString(folder.resolve("a.yaml"), PORT.formatted("a", "line.py"));
    Files.writeString(folder.resolve("b.yaml"), PORT.formatted("b", "other/line.py"));
    Files.writeString(
        folder.resolve("parity.yaml"), "ports: [a.yaml, b.yaml]\nreference: a\ncases: cases\n");
    Files.writeString(
        Files.createDirectory(folder.resolve("cases")).resolve("line.yaml"),
        """
        {name: line, title: A line, scenario: line, parameters: {}, seeds: [1],
         dtypes: [float64], probes: [{name: fit.x, shape: [30]}]}
        """);

    Ended run = run("--watch=line:fit", "--watch=line:Model.predict");
    Ended twice = run("--watch=line:fit@2");
    Ended wrong = run("--watch=line:nothing");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    JsonNode line = run.comparisons("b", "a").get(0);
    assertThat(probes(line))
        .containsExactly(
            "Model.predict.x",
            "Model.predict.result",
            "fit.x",
            "fit.y",
            "fit.result.slope",
            "fit.result.losses");
    assertThat(line.get("root").asText()).isEqualTo("Model.predict.result");
    assertThat(probes(twice.comparisons("b", "a").get(0))).contains("fit.call-2.result.slope");
    assertThat(wrong.exitCode()).isEqualTo(3);
    assertThat(wrong.out()).contains("--watch line:nothing: the program loads no such function");
    assertThat(Files.readString(folder.resolve("line.py"))).isEqualTo(program);
  }

  private static List<String> probes(JsonNode comparison) {
    List<String> probes = new ArrayList<>();
    comparison.get("probes").forEach(p -> probes.add(p.get("probe").asText()));
    return probes;
  }

  private Ended run(String... watches) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("run", "--tier=float64", "--no-explain", "--no-report"));
    arguments.addAll(List.of(watches));
    Path out = folder.resolve("out" + watches[0].replace(':', '-'));
    arguments.addAll(List.of("--out", out.toString()));
    return new ParityProcess(folder, folder).execute(out, arguments);
  }
}
