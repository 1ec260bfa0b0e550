package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import torchparity.cases.ContractJson;
import torchparity.cases.ReplayJob;
import torchparity.harness.ParityException;

/** Has the engine replay op logs, in a process of its own. */
public final class Replays implements Replayer {
  private final Path program;
  private final Duration timeout;

  /**
   * @param program the engine's program that replays a job
   */
  public Replays(Path program, Duration timeout) {
    this.program = program;
    this.timeout = timeout;
  }

  @Override
  public void run(List<ReplayJob.Program> programs, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path job = folder.resolve("replay.json");
    Path log = folder.resolve("replay.txt");
    ContractJson.write(job, new ReplayJob(programs));
    OptionalInt code =
        Child.run(
            List.of(program.toString(), job.toString()),
            PortEnvironment.handedOn(System.getenv()),
            log,
            timeout);
    if (code.isEmpty()) {
      throw failed("it took longer than %d s".formatted(timeout.toSeconds()), log);
    }
    if (code.getAsInt() != 0) {
      throw failed("it ended with exit code " + code.getAsInt(), log);
    }
  }

  private static ParityException failed(String what, Path log) {
    return new ParityException(
        ParityException.Code.SET_UP_MISSING,
        "the engine's replay failed: %s. Its output is in %s.".formatted(what, log));
  }
}
