package torchparity.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;
import torchparity.harness.report.HostileRun;
import torchparity.harness.run.Folders;

/** Sentences of SECURITY.md about runs that came from elsewhere. */
class StrangersRunTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));
  private static final String INSTANCE = "a-case.seed-1.float64";
  private static final String SECRET = "for nobody else";

  @TempDir Path folder;
  private final StringWriter said = new StringWriter();
  private Path run;
  private Path secret;

  @BeforeEach
  void getARun() throws IOException {
    run = folder.resolve("run");
    HostileRun.write(run);
    secret = Files.writeString(folder.resolve("secret.txt"), SECRET + "\n");
  }

  @Test
  void showsNoFileThatALinkLeadsTo() throws IOException {
    Path log = run.resolve("mine/log.txt");
    Files.delete(log);
    Files.createSymbolicLink(log, secret);

    assertThat(parity("report", run.toString())).isZero();

    assertThat(page().contains(SECRET)).as("the page shows it").isFalse();
  }

  @Test
  void showsNothingOfAFolderThatALinkLeadsTo() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.move(secret, elsewhere.resolve("log.txt"));
    new Trace(INSTANCE, Map.of("loss", HostTensor.ofDoubles(List.of(2L), 7, 8)), Map.of())
        .write(elsewhere.resolve(INSTANCE));
    Folders.delete(run.resolve("mine"));
    Files.createSymbolicLink(run.resolve("mine"), elsewhere);

    assertThat(parity("report", "--plot", run.toString())).isZero();

    assertThat(page().contains(SECRET)).as("the page shows it").isFalse();
    assertThat(said.toString()).doesNotContain("loss: ");
  }

  private String page() throws IOException {
    return Files.readString(run.resolve("report.html"));
  }

  private int parity(String... words) {
    PrintWriter writer = new PrintWriter(said, true);
    return Parity.commandLine(new Workplace(ROOT, folder))
        .setOut(writer)
        .setErr(writer)
        .execute(words);
  }
}
