package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.report.ResultFile;

/** The finished run that a command is about. */
final class RunArgument {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The run's folder, or its name; the newest below reports/ by default.")
  private @Nullable Path run;

  /**
   * The run's folder.
   *
   * @param project the folder whose reports/ is meant
   * @throws ParityException if there is none, or no result in it
   */
  Path folder(Path project) throws IOException {
    Path folder = OutputFolder.of(project, run);
    if (!Files.isRegularFile(folder.resolve(ResultFile.NAME))) {
      throw new ParityException(
          Code.USAGE,
          "%s holds no %s; name the folder of a finished run".formatted(folder, ResultFile.NAME));
    }
    return folder;
  }
}
