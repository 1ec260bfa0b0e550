package torchparity.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of FAULTS.md, row by row, on real processes; several at a time, as many only wait. */
@Tag("fast")
class FaultsTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));
  private static final Path FAULTY = ROOT.resolve("harness/src/test/resources/faults/faulty.py");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final int AT_ONCE = 4;
  private static final int TIMEOUT_SECONDS = 4;
  private static final int SLACK_SECONDS = 15;
  private static final int RUN_SLACK_SECONDS = 60;
  private static final List<String> PRINT_NOTHING =
      List.of("interpreter_missing", "wrong_interpreter");

  @TempDir static Path folder;
  private static final Map<String, Future<FaultRun.Ended>> RUNS = new LinkedHashMap<>();

  /** A row. */
  record Fault(String name, String verdict, String exitCode, List<String> says) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void runAll() throws IOException {
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    for (Fault fault : rows()) {
      FaultRun run = new FaultRun(fault.name, folder.resolve(fault.name.replace(' ', '-')));
      RUNS.put(fault.name, executor.submit(run::run));
    }
    executor.shutdown();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hasVerdictExitCodeAndMessageOfItsRow(Fault fault) throws Exception {
    FaultRun.Ended run = ended(fault.name);

    assertThat(String.valueOf(run.exitCode())).as(run.text()).isEqualTo(fault.exitCode);
    assertThat(run.text()).contains(fault.says).doesNotContain("\tat ");
    assertThat(run.alive()).as("processes that live on").isEmpty();
    assertThat(run.leftovers()).as("files that are left").isEmpty();
    if (fault.verdict.equals("-")) {
      return;
    }
    boolean asReference =
        List.of("unsteady", "second_run_aborts").contains(fault.name)
            || fault.name.endsWith("as reference");
    String port = fault.name.equals("two at once") ? "leaves_children" : fault.name;
    assertThat(
            asReference
                ? run.verdict("steady", port.split(" ", 2)[0])
                : run.verdict(port, "honest"))
        .isEqualTo(fault.verdict);
    if (!asReference) {
      assertThat(run.verdict("steady", "honest")).as(run.text()).isEqualTo("MATCH");
    }
    if (fault.verdict.equals("FAILED") && !asReference && !PRINT_NOTHING.contains(port)) {
      assertThat(run.text())
          .contains("the end of its standard error:\n    err of " + port)
          .contains("the end of its standard output:\n    ")
          .containsPattern("(out of " + port + "|last )");
    }
    if (fault.says.stream().anyMatch(text -> text.contains("took longer than"))) {
      assertThat(run.result().at("/times/ports/" + port).asDouble())
          .isBetween((double) TIMEOUT_SECONDS, (double) TIMEOUT_SECONDS + SLACK_SECONDS);
      assertThat(run.seconds()).isLessThan(TIMEOUT_SECONDS + RUN_SLACK_SECONDS);
    }
  }

  @Test
  void hasARowForEveryFaultOfThePort() throws IOException {
    Matcher names =
        Pattern.compile("(?m)^    \"([a-z0-9_]+)\": ").matcher(Files.readString(FAULTY));
    List<String> faults = names.results().map(m -> m.group(1)).toList();

    assertThat(faults).hasSizeGreaterThan(60);
    assertThat(rows().stream().map(Fault::name))
        .containsAll(
            faults.stream().filter(f -> !List.of("honest", "steady").contains(f)).toList());
  }

  @Test
  void keepsTheLogOfAPortThatPrintsWithoutEndShort() throws Exception {
    FaultRun.Ended run = ended("floods_stdout");

    Path log = run.files().resolve("floods_stdout/log.txt");
    assertThat(Files.size(log)).isBetween(8L << 20, (8L << 20) + 16_384);
    assertThat(Files.readString(log)).contains("bytes are left out here").contains("out of floods");
  }

  @Test
  void leavesNoTemporaryFileOfAPort() throws Exception {
    ended("leaves_a_temporary_file");

    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(files).noneMatch(f -> f.getFileName().toString().startsWith("leaves_a_temp"));
    }
  }

  private static FaultRun.Ended ended(String fault) throws Exception {
    return Objects.requireNonNull(RUNS.get(fault)).get();
  }

  static List<Fault> rows() throws IOException {
    return Files.readAllLines(ROOT.resolve("harness/FAULTS.md")).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| fault "))
        .map(line -> line.split(" *\\| *", -1))
        .map(
            cells ->
                new Fault(
                    cells[1],
                    cells[3],
                    cells[4],
                    CODE.matcher(cells[5]).results().map(m -> m.group(1)).toList()))
        .toList();
  }
}
