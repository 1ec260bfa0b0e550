package torchparity.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.port.Port;
import torchparity.harness.port.Support;

/** What the version command of a descriptor may do, and what becomes of its answer. */
class IdentityTest {
  @TempDir Path folder;

  @Test
  void runsTheVersionCommandWithThePortsVariablesAlone() throws Exception {
    List<String> allowed =
        List.of("MINE", "TMPDIR", "TORCH_PARITY_RUN", "PWD", "OLDPWD", "SHLVL", "_");

    Identity.version(port(Map.of("MINE", "mine"), "env >seen"));

    List<String> names =
        Files.readAllLines(folder.resolve("seen"), StandardCharsets.ISO_8859_1).stream()
            .filter(line -> line.matches("[A-Za-z_]+=.*"))
            .map(line -> line.replaceFirst("=.*", ""))
            .toList();
    Map<String, String> ours = PortEnvironment.handedOn(System.getenv());
    assertThat(names).contains("MINE", "PATH", "TORCH_PARITY_RUN");
    assertThat(names)
        .allMatch(
            name -> allowed.contains(name) || ours.containsKey(name) || name.endsWith("_THREADS"));
  }

  @Test
  void endsWhatTheVersionCommandLeaves() throws Exception {
    String version = Identity.version(port(Map.of(), "setsid sleep 300 & echo $! >pid; echo 1.2"));

    assertThat(version).isEqualTo("1.2");
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    ProcessHandle.of(pid).ifPresent(left -> left.onExit().orTimeout(10, TimeUnit.SECONDS).join());
  }

  @Test
  void doesNotWaitLongForAVersion() throws Exception {
    long start = System.nanoTime();

    String version = Identity.version(port(Map.of(), "echo 1.2; sleep 300"));

    assertThat(version).isEqualTo("unknown: its version command failed");
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(18));
  }

  @Test
  void takesTheFirstLineWithoutWhatSteersTerminals() throws Exception {
    String version = Identity.version(port(Map.of(), "printf '1.2\\033[31m\\007 red\\nmore\\n'"));

    assertThat(version).isEqualTo("1.2[31m red");
  }

  @Test
  void takesTheStartOfAnAnswerWithoutEnd() throws Exception {
    String version =
        Identity.version(port(Map.of(), "head -c 100000000 /dev/zero | tr '\\0' x; exit 0"));

    assertThat(version.length()).isEqualTo(200);
  }

  private Port port(Map<String, String> environment, String script) {
    List<String> version = List.of("sh", "-c", script);
    return new Port(
        "mine",
        "mine",
        List.of("true"),
        environment,
        new Port.Origin(folder, List.of(), version, Support.DEFAULT, List.of()));
  }
}
