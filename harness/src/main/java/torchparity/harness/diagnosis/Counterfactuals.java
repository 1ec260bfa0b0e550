package torchparity.harness.diagnosis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import torchparity.cases.OpLog;
import torchparity.cases.ReplayJob;
import torchparity.harness.run.Replayer;

/** Carries out the reference again, as it was or changed, in a process of the engine. */
final class Counterfactuals {
  private final Replayer replays;
  private final Path folder;
  private final long seed;
  private int round;

  /**
   * For one diagnosis.
   *
   * @param folder where logs are kept
   * @param seed the generator's, as in the run
   */
  Counterfactuals(Replayer replays, Path folder, long seed) {
    this.replays = replays;
    this.folder = folder;
    this.seed = seed;
  }

  /** The reference as it was recorded, and in float64. */
  List<OpGraph> asRecorded(OpGraph given) throws IOException, InterruptedException {
    Path here = folder.resolve("replay-" + round++);
    Path program = here.resolve("program");
    Rewriter.writeRecorded(given, program);
    List<ReplayJob.Program> programs =
        List.of(
            new ReplayJob.Program(program, here.resolve("log"), seed, false),
            new ReplayJob.Program(program, here.resolve("log-float64"), seed, true));
    replays.run(programs, here);
    List<OpGraph> graphs = new ArrayList<>();
    for (ReplayJob.Program done : programs) {
      graphs.add(
          new OpGraph(
              OpLog.read(done.out()).orElseThrow(() -> new IOException(here + ": no replay"))));
    }
    return graphs;
  }

  /** The replays, in order; null for an edit that makes no sense. */
  List<@Nullable OpGraph> with(List<Suspicion> suspicions, OpGraph base)
      throws IOException, InterruptedException {
    Path here = folder.resolve("replay-" + round++);
    List<ReplayJob.Program> programs = new ArrayList<>();
    List<@Nullable Path> outs = new ArrayList<>();
    for (int i = 0; i < suspicions.size(); i++) {
      Path log = here.resolve(i + "-program");
      Path out = here.resolve(i + "-log");
      try {
        Rewriter.write(base, suspicions.get(i).edits(), log);
        programs.add(new ReplayJob.Program(log, out, seed));
        outs.add(out);
      } catch (IllegalArgumentException e) {
        outs.add(null);
      }
    }
    if (!programs.isEmpty()) {
      replays.run(programs, here);
    }
    List<@Nullable OpGraph> graphs = new ArrayList<>();
    for (Path out : outs) {
      Optional<OpLog> log = out == null ? Optional.empty() : OpLog.read(out);
      graphs.add(log.map(OpGraph::new).orElse(null));
    }
    return graphs;
  }
}
