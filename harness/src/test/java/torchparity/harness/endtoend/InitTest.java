package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** A project of somebody's own, anywhere on the machine, with real runtimes. */
class InitTest {
  private static final String WRONG = "torch mean $X)";

  @TempDir Path folder;

  @Test
  void makesAProjectWhosePlantedBugIsFoundAndWhichMatchesOnceItIsMended() throws Exception {
    Path mine = folder.resolve("my project");
    ParityProcess parity = new ParityProcess(folder);
    assertThat(parity.execute(folder, List.of("init", mine.toString())).exitCode()).isZero();
    assertThat(Files.readAllLines(mine.resolve("README.md"))).hasSizeLessThanOrEqualTo(10);
    Path port = mine.resolve("ridge.nu");
    List<String> lines = Files.readAllLines(port);
    int wrong = 1 + lines.indexOf(lines.stream().filter(l -> l.contains(WRONG)).findFirst().get());

    ParityProcess there = new ParityProcess(folder, mine);
    Ended run = there.execute(mine, List.of("run", "--tier=exact", "--dtype=float32"));

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    JsonNode diagnosis = result(mine).get("diagnoses").get(0);
    assertThat(diagnosis.get("status").asText()).as(run.out()).isEqualTo("CONFIRMED");
    assertThat(diagnosis.get("cause").asText()).isEqualTo("wrong-axis");
    assertThat(diagnosis.get("first").get("candidate").get("line").asInt()).isEqualTo(wrong);
    assertThat(run.out()).contains("look at ridge.nu:" + wrong).contains("again: parity run");

    Files.writeString(port, Files.readString(port).replace(WRONG, "torch mean $X --dim 0)"));
    Ended mended =
        there.execute(mine, List.of("run", "--dtype=float32", "--no-report", "--no-explain"));

    assertThat(mended.exitCode()).as(mended.out() + mended.err()).isZero();
    // Rounding is allowed what noise at the products of the project's own Python port does.
    assertThat(mended.out()).containsPattern("ridge +float32 +rounding +match");
  }

  @Test
  void leavesAFolderAloneInWhichThereIsSomething() throws Exception {
    Files.writeString(folder.resolve("mine.txt"), "");

    Ended init = new ParityProcess(folder).execute(folder, List.of("init", folder.toString()));

    assertThat(init.exitCode()).isEqualTo(2);
    assertThat(init.err()).contains("is there already");
  }

  private static JsonNode result(Path project) throws Exception {
    try (var runs = Files.list(project.resolve("reports"))) {
      Path newest = runs.max(java.util.Comparator.naturalOrder()).orElseThrow();
      return new Ended(0, "", "", newest).result();
    }
  }
}
