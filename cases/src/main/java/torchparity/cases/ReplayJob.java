package torchparity.cases;

import java.nio.file.Path;
import java.util.List;

/** What the engine is asked to replay in one start. */
public record ReplayJob(List<Program> programs) {
  public ReplayJob {
    programs = List.copyOf(programs);
  }

  /**
   * One op log to carry out.
   *
   * @param log folder with the log
   * @param out folder for the log of the replay, with the same line numbers
   * @param seed for {@code torch.manual_seed}
   * @param promoted whether float32 draws and literals are cast to float64 first, so that all that
   *     follows is computed in float64
   */
  public record Program(Path log, Path out, long seed, boolean promoted) {
    public Program(Path log, Path out, long seed) {
      this(log, out, seed, false);
    }
  }
}
