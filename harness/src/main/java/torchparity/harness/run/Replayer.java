package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import torchparity.cases.ReplayJob;
import torchparity.harness.ParityException;

/** Carries out op logs as programs. */
public interface Replayer {
  /**
   * Replays {@code programs}, one after the other; {@code folder} is for the job and the log.
   *
   * @throws ParityException if the engine cannot be started, crashes or takes too long
   */
  void run(List<ReplayJob.Program> programs, Path folder) throws IOException, InterruptedException;
}
