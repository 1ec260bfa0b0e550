package torchparity.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import torchparity.cases.PlainText;

/** A mistake of this program's own: one line for people, and a file for whoever mends it. */
final class Mistake {
  private Mistake() {}

  /** Says what happened and keeps the details below {@code reports/}; answers the exit code. */
  static int report(Throwable mistake, Path root, PrintWriter err) {
    StringWriter trace = new StringWriter();
    mistake.printStackTrace(new PrintWriter(trace, true));
    String details;
    try {
      Path folder = Files.createDirectories(root.resolve("reports"));
      Path file = Files.createTempFile(folder, "mistake-", ".txt");
      Files.writeString(file, trace.toString());
      details = "Details are in " + root.relativize(file);
    } catch (IOException e) {
      details = "No file could be written with its details (%s)".formatted(e);
    }
    err.println(
        "parity: this is a mistake of Torch Parity's own: %s. %s."
            .formatted(
                PlainText.line(String.valueOf(mistake).lines().findFirst().orElse("")), details));
    err.flush();
    return ExitCode.MISTAKE;
  }
}
