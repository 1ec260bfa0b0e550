package torchparity.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import torchparity.cases.MalformedFileException;
import torchparity.harness.ParityException;
import torchparity.harness.port.Port;
import torchparity.harness.report.HostileRun;
import torchparity.harness.report.ResultFile;

/** Sentences of SECURITY.md. */
class SecurityTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/b", ".", "", "derived", "Inputs", "diagnosis", "a b", "x\n"})
  void refusesNamesThatLeadElsewhere(String name) {
    assertThatThrownBy(() -> new Port(name, "engine", List.of("true")))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("cannot be called");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../secret.txt", "/etc/passwd", "mine/../../x"})
  void readsNoRunThatLeadsOutOfItsFolder(String path) throws IOException {
    HostileRun.write(folder);
    Path file = folder.resolve(ResultFile.NAME);
    String text = Files.readString(file);
    assertThat(text).contains("\"mine/log.txt\"");
    Files.writeString(file, text.replace("\"mine/log.txt\"", "\"" + path + "\""));

    assertThatThrownBy(() -> ResultFile.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("leads out of the run's folder");
  }

  @Test
  void replacesLinksThatStandInAReportsPlace() throws IOException {
    Path run = folder.resolve("run");
    HostileRun.write(run);
    Path precious = Files.writeString(folder.resolve("precious"), "mine");
    Path folderOfMine = Files.createDirectory(folder.resolve("folder"));
    Files.writeString(folderOfMine.resolve("file"), "mine, too");
    for (String name :
        List.of("junit.xml", "summary.md", "findings.sarif", "report.html", "allure.txt")) {
      Files.createSymbolicLink(run.resolve(name), precious);
    }
    for (String name : List.of("allure-results", "allure-report")) {
      Files.createSymbolicLink(run.resolve(name), folderOfMine);
    }

    int code =
        Parity.commandLine(new Workplace(ROOT, folder))
            .execute("report", "--allure", run.toString());

    assertThat(code).isZero();
    assertThat(precious).hasContent("mine");
    try (Stream<Path> left = Files.list(folderOfMine)) {
      assertThat(left).containsExactly(folderOfMine.resolve("file"));
    }
    try (Stream<Path> written = Files.list(run)) {
      assertThat(written).noneMatch(Files::isSymbolicLink);
    }
    assertThat(run.resolve("allure-report/index.html")).exists();
  }

  @Test
  void handsWordsOnAsTheyAre() throws Exception {
    Path program = folder.resolve("x $(touch hacked);.py");
    Files.copy(ROOT.resolve("harness/src/test/resources/faults/faulty.py"), program);

    String text = run("--port", "mine=" + program);

    assertThat(text).contains("KeyError: 'x $(touch hacked);'");
    assertThat(folder.resolve("hacked")).doesNotExist();
    assertThat(Path.of("hacked")).doesNotExist();
  }

  @Test
  void handsOnNoSecret() throws Exception {
    String secrets = "SECURITY_TEST_SECRET";
    Path program = folder.resolve("shows.py");
    Files.writeString(
        program, "import os\nprint('has', sorted(os.environ))\nraise SystemExit(1)\n");

    String without = run("--port", "mine=" + program);
    String with = run("--port", "mine=" + program, "--env", "mine:" + secrets + "=xyzzy");

    assertThat(without).contains("has [").contains("'PATH'").contains("'TMPDIR'");
    List<String> given = List.of(without.replaceAll("(?s).*has \\[|\\].*", "").split(", "));
    assertThat(given)
        .allMatch(
            name ->
                name.matches(
                    "'(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|TZ|TERM|TMPDIR|JAVA_HOME|PWD|OLDPWD|SHLVL|_"
                        + "|(LD|DYLD)_LIBRARY_PATH|LC_[A-Z]+"
                        + "|(OMP|KMP|GOMP|MKL|OPENBLAS|ATEN|TORCH_PARITY|CUDA)_[A-Z0-9_]+)'"));
    assertThat(with).contains("'" + secrets + "'");
  }

  @Test
  void showsNoSecretInReports() throws Exception {
    Path program = folder.resolve("steady.py");
    Files.copy(ROOT.resolve("harness/src/test/resources/faults/faulty.py"), program);
    Path out = folder.resolve("out");

    String text =
        run(
            "--port",
            "mine=" + program,
            "--env",
            "mine:TOKEN=xyzzy",
            "--env",
            "mine:MKL_CBWR=COMPATIBLE",
            "--out",
            out.toString());

    assertThat(text).doesNotContain("xyzzy");
    for (String file : List.of("result.json", "run.json", "mine/job.json", "mine/log.txt")) {
      assertThat(Files.readString(out.resolve(file))).as(file).doesNotContain("xyzzy");
    }
    assertThat(Files.readString(out.resolve("result.json")))
        .contains("COMPATIBLE", "--env mine:TOKEN ");
  }

  @Test
  void showsNoSecretOfATrace() throws Exception {
    Path program = folder.resolve("steady.py");
    String source = Files.readString(ROOT.resolve("harness/src/test/resources/faults/faulty.py"));
    assertThat(source).contains("\"provenance\": {}");
    Files.writeString(
        program,
        source.replace(
            "\"provenance\": {}",
            "\"provenance\": {'AWS_SECRET_ACCESS_KEY': 'xyzzy', 'torch': '1.2.3'}"));
    Path out = folder.resolve("out");

    String text = run("--port", "mine=" + program, "--out", out.toString());
    int code = Parity.commandLine(new Workplace(ROOT, folder)).execute("report", out.toString());

    assertThat(code).isZero();
    assertThat(text).doesNotContain("xyzzy");
    for (String file : List.of("result.json", "report.html")) {
      String shown = Files.readString(out.resolve(file));
      assertThat(shown.contains("xyzzy")).as("%s shows the secret", file).isFalse();
      assertThat(shown.contains("1.2.3")).as("%s shows the version", file).isTrue();
    }
  }

  @Test
  void namesTestsThatAreThere() throws IOException {
    String text = Files.readString(ROOT.resolve("SECURITY.md"));
    List<String> rows = FaultsTest.rows().stream().map(FaultsTest.Fault::name).toList();

    for (MatchResult named :
        Pattern.compile("`([A-Za-z]+Test)(?:\\.([A-Za-z]+))?`").matcher(text).results().toList()) {
      String method = named.group(2) == null ? "" : "void " + named.group(2) + "(";
      assertThat(source(named.group(1))).as(named.group()).contains(method);
    }
    Pattern.compile("rows? ([a-z_,\\s]+)\\)")
        .matcher(text)
        .results()
        .forEach(m -> assertThat(rows).contains(m.group(1).split(",\\s+")));
    assertThat(Map.of("sentences", text.split("\n- ").length)).containsEntry("sentences", 23);
  }

  /** The text of a test class. */
  private static String source(String test) throws IOException {
    for (String module : List.of("harness", "cases")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        Optional<Path> file = files.filter(f -> f.endsWith(test + ".java")).findFirst();
        if (file.isPresent()) {
          return Files.readString(file.get());
        }
      }
    }
    throw new AssertionError("no test is called " + test);
  }

  private String run(String... options) throws IOException {
    Path honest = folder.resolve("honest.py");
    if (!Files.exists(honest)) {
      Files.copy(ROOT.resolve("harness/src/test/resources/faults/faulty.py"), honest);
    }
    java.util.ArrayList<String> all =
        new java.util.ArrayList<>(
            List.of(
                "run",
                "--case",
                "data-blobs",
                "--dtype",
                "float32",
                "--tier",
                "exact",
                "--quiet",
                "--no-report",
                "--no-explain",
                "--reference",
                "honest",
                "--ports",
                "honest,mine",
                "--port",
                "honest=" + honest));
    all.addAll(List.of(options));
    if (!all.contains("--out")) {
      all.addAll(List.of("--out", folder.resolve("run-" + all.size()).toString()));
    }
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    Parity.commandLine(Workplace.of(ROOT, ROOT))
        .setOut(writer)
        .setErr(writer)
        .execute(all.toArray(String[]::new));
    return text.toString();
  }
}
