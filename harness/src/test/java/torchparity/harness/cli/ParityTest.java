package torchparity.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command line answers before anything runs. */
class ParityTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--case data-blobs,data-blobs       | --case: 'data-blobs' stands twice",
        "--dtype float32,float32            | --dtype: 'float32' stands twice",
        "--tier exact,exact                 | --tier: 'exact' stands twice",
        "--ports python,nu,nu               | --ports: 'nu' stands twice",
        "--port nu=parity --port nu=pom.xml | --port: 'nu' stands twice",
        "--port nu                          | --port nu: write NAME=PATH",
        "--port ../x=python/port.py         | a port's name has up to 40 letters",
        "--port python-again=python/port.py | a port cannot be called 'python-again': the reference runs",
        "--port Allure-Report=parity        | a port cannot be called 'Allure-Report'",
        "--port allure-results=parity       | a port cannot be called 'allure-results'",
        "--ports jvm                        | Add it to --ports or name another with --reference",
        "--ports python                     | only 'python' would run",
        "--in-process --ports python,nu     | --in-process runs the jvm port",
        "--in-process --port jvm=parity     | --in-process runs the shipped jvm port",
        "--tier float64 --dtype float32     | leave nothing to run",
        "--out pom.xml                      | --out pom.xml: no folder can be made",
        "--epochs many                      | Invalid value for option '--epochs'",
        "--sed 3                            | Unknown options: '--sed'",
      })
  void saysInFewLinesWhatIsWrongWithAnOption(String options, String problem) {
    StringWriter err = new StringWriter();

    int code =
        commandLine(err)
            .execute(
                ("run " + options)
                    .replace("=parity", "=" + ROOT.resolve("parity"))
                    .replace("=pom.xml", "=" + ROOT.resolve("pom.xml"))
                    .replace("=python/", "=" + ROOT.resolve("python") + "/")
                    .replace("--out pom.xml", "--out " + ROOT.resolve("pom.xml"))
                    .split(" "));

    assertThat(code).as(err.toString()).isEqualTo(2);
    assertThat(err.toString().replace(ROOT + "/", "")).contains(problem).startsWith("parity: ");
    assertThat(err.toString().lines()).hasSizeLessThan(4);
  }

  @Test
  void namesTheFileOfABrokenCase() throws IOException {
    Files.createDirectories(folder.resolve("cases"));
    Files.writeString(
        folder.resolve("parity.yaml"),
        "ports: [%s]\nreference: python\n".formatted(ROOT.resolve("python")));
    Files.writeString(folder.resolve("cases/two.yaml"), "name: two\n---\nname: three\n");
    StringWriter err = new StringWriter();

    int code =
        Parity.commandLine(Workplace.of(ROOT, folder))
            .setErr(new PrintWriter(err, true))
            .execute("list");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("two.yaml: line 2: ").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"diagnoses\": [1", "{\"diagnoses\": [1, 2]}", "null"})
  void explainsNoResultThatIsNone(String result) throws IOException {
    Files.writeString(folder.resolve("result.json"), result);
    StringWriter err = new StringWriter();

    int code = commandLine(err).execute("explain", folder.toString());

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("result.json: ").doesNotContain("\tat ");
  }

  @Test
  void runsNothingWhileAKnownDifferenceNamesNoCase() throws IOException {
    Files.writeString(
        folder.resolve("parity.yaml"),
        "ports: [%1$s/python, %1$s/engine]\nreference: python\ncases: %1$s/cases\n"
            .formatted(ROOT));
    Files.writeString(
        folder.resolve("known-differences.yaml"),
        "known:\n  - {case: data-blbs, port: jvm, probe: p, reason: r, expires: 2027-01-31}\n");
    StringWriter err = new StringWriter();

    int code =
        Parity.commandLine(Workplace.of(ROOT, folder))
            .setErr(new PrintWriter(err, true))
            .execute("run", "--case", "data-blobs");

    assertThat(code).as(err.toString()).isEqualTo(2);
    assertThat(err.toString())
        .contains("known-differences.yaml: line 2: there is no case 'data-blbs'. There are: ");
    assertThat(folder.resolve("reports")).doesNotExist();
  }

  @Test
  void keepsTheDetailsOfItsOwnMistakesInAFile() throws IOException {
    StringWriter err = new StringWriter();

    int code =
        Mistake.report(new IllegalStateException("a hole"), folder, new PrintWriter(err, true));

    assertThat(code).isEqualTo(70);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("a hole").contains("Details are in reports/mistake-");
    try (var files = Files.list(folder.resolve("reports"))) {
      assertThat(Files.readString(files.findFirst().orElseThrow())).contains("\tat ");
    }
  }

  @Test
  void listsTheExitCodesAndTheLaunchersCommands() {
    assertThat(commandLine(new StringWriter()).getUsageMessage())
        .contains("set-up")
        .contains("doctor")
        .containsPattern("70 +a mistake");
  }

  @Test
  void quotesWhatAShellWouldTakeApart() {
    assertThat(List.of("nu=my.nu", "nu=a b.nu", "nu=it's.nu", ""))
        .extracting(Options::quoted)
        .containsExactly("nu=my.nu", "'nu=a b.nu'", "'nu=it'\\''s.nu'", "''");
  }

  private static CommandLine commandLine(StringWriter err) {
    return Parity.commandLine(new Workplace(ROOT, ROOT)).setErr(new PrintWriter(err, true));
  }
}
