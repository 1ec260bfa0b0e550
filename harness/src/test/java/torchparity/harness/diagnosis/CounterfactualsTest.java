package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.ReplayJob;

/** What is replayed, and what comes of it; the engine here gives every program back as it was. */
class CounterfactualsTest {
  private static final long SEED = 11;

  private final List<ReplayJob.Program> replayed = new ArrayList<>();

  @TempDir Path folder;

  private OpGraph given() throws IOException {
    return new WrittenLogs(folder)
        .graph(List.of(line("randn").gives(1, 2), line("neg", 0).gives(-1, -2), probe("p", 1)));
  }

  private Counterfactuals counterfactuals() {
    return new Counterfactuals(this::giveBack, folder, SEED);
  }

  private void giveBack(List<ReplayJob.Program> programs, Path here) throws IOException {
    replayed.addAll(programs);
    for (ReplayJob.Program program : programs) {
      Files.createDirectories(program.out());
      try (Stream<Path> files = Files.list(program.log())) {
        for (Path file : files.toList()) {
          Files.copy(file, program.out().resolve(file.getFileName()));
        }
      }
    }
  }

  @Test
  void replaysTheReferenceAsItIsAndInFloat64() throws Exception {
    OpGraph given = given();

    List<OpGraph> graphs = counterfactuals().asRecorded(given);

    assertThat(replayed).extracting(ReplayJob.Program::promoted).containsExactly(false, true);
    assertThat(replayed).extracting(ReplayJob.Program::seed).containsExactly(SEED, SEED);
    assertThat(graphs).hasSize(2).allMatch(graph -> graph.probes().equals(given.probes()));
  }

  @Test
  void keepsReplaysApart() throws Exception {
    Counterfactuals counterfactuals = counterfactuals();
    OpGraph given = given();

    counterfactuals.asRecorded(given);
    counterfactuals.with(List.of(without(1, 0), without(1, 0)), given);
    counterfactuals.with(List.of(without(1, 0)), given);

    assertThat(replayed)
        .extracting(program -> folder.relativize(program.out()).toString())
        .containsExactly(
            "replay-0/log",
            "replay-0/log-float64",
            "replay-1/0-log",
            "replay-1/1-log",
            "replay-2/0-log");
  }

  private static Suspicion without(int line, int input) {
    return new Suspicion(Cause.SIGN, "", List.of(new Edit.Bypass(Set.of(line), input)));
  }

  @Test
  void replaysEveryEditThatMakesSense() throws Exception {
    List<@Nullable OpGraph> graphs =
        counterfactuals().with(List.of(without(0, 0), without(1, 0), without(1, 1)), given());

    assertThat(graphs).hasSize(3);
    assertThat(graphs.get(0)).isNull();
    assertThat(Objects.requireNonNull(graphs.get(1)).probes()).containsEntry("p", 0);
    assertThat(graphs.get(2)).isNull();
    assertThat(replayed).extracting(ReplayJob.Program::seed).containsExactly(SEED);
  }

  @Test
  void startsNoEngineForNothing() throws Exception {
    assertThat(counterfactuals().with(List.of(without(0, 0)), given())).containsOnlyNulls();
    assertThat(counterfactuals().with(List.of(), given())).isEmpty();
    assertThat(replayed).isEmpty();
  }

  @Test
  void saysWhereAReplayIsMissing() throws Exception {
    OpGraph given = given();
    Counterfactuals broken = new Counterfactuals((programs, here) -> {}, folder, SEED);

    assertThatThrownBy(() -> broken.asRecorded(given))
        .isInstanceOf(IOException.class)
        .hasMessage(folder.resolve("replay-0") + ": no replay");
  }
}
