package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher and its set-up steps in a checkout where nothing is set up. */
class SetUpTest {
  private static final List<String> COPIED =
      List.of("parity", "pom.xml", "engine/java_program.sh", "engine/java.sh", "engine/jvm_port");
  private static final List<String> COPIED_FOLDERS =
      List.of("harness/set-up", "harness/src/main/java/torchparity/harness/cli");

  /** A step that makes a file, and counts how often it ran. */
  private static final String STEP =
      """
      set -euo pipefail
      root=$PWD
      . harness/set-up/steps.sh
      thing_present() { [ -e product ]; }
      make_thing() { touch product; echo ran >>count; }
      step thing "$1" "A thing" make_thing
      """;

  /** The same step, in which a program hangs. */
  private static final String HANGING =
      STEP.replace("touch product;", "sh -c 'echo $$ >hanging; exec sleep 300'; touch product;");

  /** Whoever started these tests may ignore signals: in the background, or with nohup. */
  private static final String HEEDS_SIGNALS =
      """
      import os, signal, sys
      for heeded in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
          signal.signal(heeded, signal.SIG_DFL)
      os.execvp(sys.argv[1], sys.argv[1:])
      """;

  @TempDir Path root;
  private Path tools;

  private record Ended(int exitCode, String out) {}

  @BeforeEach
  void copyTheLauncher() throws IOException {
    for (String file : COPIED) {
      copy(ParityProcess.ROOT.resolve(file));
    }
    for (String folder : COPIED_FOLDERS) {
      try (Stream<Path> files = Files.list(ParityProcess.ROOT.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          copy(file);
        }
      }
    }
    for (String folder : List.of("python", "nu")) {
      copy(ParityProcess.ROOT.resolve(folder + "/set-up.sh"));
    }
    Files.createDirectories(root.resolve("engine/src/main"));
    Files.createDirectories(root.resolve("cases/src/main"));
    tools = Files.createDirectory(root.resolve("tools"));
  }

  @Test
  void helpsWithoutSettingUp() throws Exception {
    Ended help = parity("--help");
    Ended unknown = parity("rnu");
    Ended nothing = parity();

    assertThat(help.exitCode()).as(help.out()).isZero();
    assertThat(help.out()).containsPattern("list .*run").contains("set-up", "doctor");
    assertThat(unknown.exitCode()).as(unknown.out()).isEqualTo(2);
    assertThat(unknown.out()).contains("there is no command 'rnu'").doesNotContain("set-up: ");
    assertThat(nothing.exitCode()).isEqualTo(2);
  }

  @Test
  void repeatsAStepOnlyIfItsHashOrItsProductIsGone() throws Exception {
    bash(Map.of(), STEP, "a");
    bash(Map.of(), STEP, "a");
    assertThat(count()).isEqualTo(1);

    Files.delete(root.resolve("product"));
    bash(Map.of(), STEP, "a");
    assertThat(count()).isEqualTo(2);

    bash(Map.of(), STEP, "b");
    assertThat(count()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP", "KILL"})
  void endsTheStepWithTheLauncher(String signal) throws Exception {
    List<String> command = List.of("bash", "-c", HANGING, "set-up", "a");
    List<String> heeding = new ArrayList<>(List.of("python3", "-c", HEEDS_SIGNALS));
    heeding.addAll(command);
    Process launcher =
        new ProcessBuilder(heeding).directory(root.toFile()).redirectErrorStream(true).start();
    Path pid = root.resolve("hanging");
    while (!Files.exists(pid) || Files.readString(pid).isBlank()) {
      assertThat(launcher.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }

    new ProcessBuilder("kill", "-" + signal, String.valueOf(launcher.pid())).start().waitFor();

    assertThat(launcher.waitFor(10, TimeUnit.SECONDS)).isTrue();
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(program -> program.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    assertThat(root.resolve("product")).doesNotExist();
    Ended next = bash(Map.of(), STEP, "a");
    assertThat(next.exitCode()).as(next.out()).isZero();
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void doesNotWaitForWhatAStepLeft() throws Exception {
    String leaving = STEP.replace("touch product;", "touch product; sleep 300 & echo $! >left;");
    bash(Map.of(), leaving, "a");
    try {
      Ended next = bash(Map.of(), STEP, "b");

      assertThat(next.exitCode()).as(next.out()).isZero();
      assertThat(next.out()).doesNotContain("another one is running");
    } finally {
      ProcessHandle.of(Long.parseLong(Files.readString(root.resolve("left")).strip()))
          .ifPresent(ProcessHandle::destroy);
    }
  }

  @Test
  void tellsABrokenPythonFromAnotherSetUp() throws Exception {
    tool("python3", "echo 'a library is missing' >&2; exit 127");

    Ended ended = bash(Map.of("PATH", tools + ":" + System.getenv("PATH")), STEP, "a");

    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.out())
        .contains("a library is missing")
        .contains("python3 does not work")
        .doesNotContain("another one is running");
  }

  @Test
  void asksForAJavaThatIsThere() throws Exception {
    Map<String, String> nowhere = Map.of("JAVA_HOME", "/nonexistent");

    Ended port = run(nowhere, List.of(root.resolve("engine/jvm_port").toString()));
    Ended doctor = run(nowhere, List.of(root.resolve("parity").toString(), "doctor"));

    assertThat(port.exitCode()).isEqualTo(4);
    assertThat(port.out()).contains("JAVA_HOME is /nonexistent, where there is no bin/java");
    assertThat(doctor.exitCode()).isEqualTo(4);
    assertThat(doctor.out()).containsPattern("java +missing +- +/nonexistent/bin/java");
  }

  @Test
  void findsVersionsThatDoNotDo() throws Exception {
    Files.createDirectories(root.resolve("jdk/bin"));
    script(root.resolve("jdk/bin/java"), "echo 'openjdk version \"11.0.2\"' >&2");
    script(root.resolve("jdk/bin/javac"), "echo 'javac 21.0.1'");
    tool("mvn", "echo 'Apache Maven 3.6.3 (x)'");
    tool("python3", "echo 'Python 3.14.0'");
    tool("node", "exit 1");
    tool("npm", "echo 10.1.0");

    Ended doctor =
        run(
            Map.of(
                "JAVA_HOME",
                root.resolve("jdk").toString(),
                "PATH",
                tools + ":" + System.getenv("PATH")),
            List.of(root.resolve("parity").toString(), "doctor"));

    assertThat(doctor.exitCode()).isEqualTo(4);
    assertThat(doctor.out())
        .containsPattern("java +too old +11\\.0\\.2")
        .containsPattern("javac +ok +21\\.0\\.1")
        .containsPattern("mvn +too old +3\\.6\\.3")
        .containsPattern("python3 +too new +3\\.14\\.0")
        .containsPattern("node +broken")
        .containsPattern("npm +ok +10\\.1\\.0")
        .containsPattern("torch +missing");
  }

  private int count() throws IOException {
    return Files.readAllLines(root.resolve("count")).size();
  }

  private void copy(Path file) throws IOException {
    Path copy = root.resolve(ParityProcess.ROOT.relativize(file).toString());
    Files.createDirectories(copy.getParent());
    Files.copy(file, copy);
  }

  private void tool(String name, String body) throws IOException {
    script(tools.resolve(name), body);
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended parity(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(root.resolve("parity").toString()));
    command.addAll(List.of(arguments));
    return run(Map.of(), command);
  }

  private Ended bash(Map<String, String> environment, String script, String argument)
      throws Exception {
    return run(environment, List.of("bash", "-c", script, "set-up", argument));
  }

  private Ended run(Map<String, String> environment, List<String> command) throws Exception {
    Path out = Files.createTempFile("set-up", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended in time").isTrue();
      } finally {
        process.destroyForcibly();
      }
      return new Ended(process.exitValue(), Files.readString(out));
    } finally {
      Files.delete(out);
    }
  }
}
