package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import torchparity.cases.ContractJson;
import torchparity.cases.Dtype;
import torchparity.cases.LogWindow;
import torchparity.cases.OpLog;
import torchparity.cases.ReplayJob;
import torchparity.engine.oplog.Main;
import torchparity.engine.oplog.OpLogger;
import torchparity.engine.tensor.ExactProducts;
import torchparity.engine.tensor.Scope;
import torchparity.engine.tensor.Torch;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.run.Replayer;

/** Small programs, carried out by real libtorch with real logs and replays. */
record Programs(Path folder) {
  static final long SEED = 7;

  /** What a program computes; it records through the logger. */
  interface Program extends BiConsumer<Torch, OpLogger> {}

  static void assertConfirmed(Search.Result found, Cause cause) {
    assertThat(found.findings()).isNotEmpty();
    assertThat(found.findings().get(0).cause()).isEqualTo(cause);
    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.findings()).hasSize(1);
  }

  Search.Result search(Program reference, Program candidate) throws Exception {
    return search(Investigation.HYPOTHESES, reference, candidate);
  }

  private void replay(List<ReplayJob.Program> programs, Path out) throws IOException {
    Path job = out.resolve("replay.json");
    ContractJson.write(job, new ReplayJob(programs));
    Main.main(new String[] {job.toString()});
  }

  OpLog log(String name, Program program) throws IOException {
    Path out = folder.resolve(name);
    LogWindow all = new LogWindow(0, 100);
    try (OpLogger logger = OpLogger.ofJava(out, all);
        Scope scope = new Scope()) {
      Torch torch = Torch.start(1, Dtype.FLOAT32).intercepted(new ExactProducts());
      torch.manualSeed(SEED);
      program.accept(torch.intercepted(logger), logger);
    }
    return OpLog.read(out).orElseThrow();
  }

  /** What is found with these hypotheses alone. */
  Search.Result search(List<Hypothesis> hypotheses, Program reference, Program candidate)
      throws Exception {
    return search(hypotheses, log("reference", reference), log("candidate", candidate));
  }

  Search.Result search(List<Hypothesis> hypotheses, OpLog reference, OpLog candidate)
      throws Exception {
    return new Search(hypotheses, this::replay, folder.resolve("search"), SEED)
        .run(reference, candidate);
  }

  /** The engine, in this process. */
  Replayer replayer() {
    return this::replay;
  }
}
