package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import torchparity.cases.MalformedFileException;
import torchparity.harness.ParityException;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.diagnosis.Failure;
import torchparity.harness.diagnosis.Investigation;
import torchparity.harness.diagnosis.RunDiagnosis;
import torchparity.harness.port.Port;
import torchparity.harness.run.Folders;
import torchparity.harness.run.Interruption;
import torchparity.harness.run.Replays;
import torchparity.harness.verdict.JudgedRun;

/** Looks for the causes of a run's failures, as its last part. */
final class Explaining {
  private static final Duration LONGEST_RERUN = Duration.ofMinutes(2);

  private final Replays replays;
  private final Duration timeout;
  private final boolean quiet;

  Explaining(Path checkout, Duration timeout, boolean quiet) {
    this.timeout = timeout.compareTo(LONGEST_RERUN) < 0 ? timeout : LONGEST_RERUN;
    this.replays = new Replays(checkout.resolve("engine/replay"), this.timeout);
    this.quiet = quiet;
  }

  /** What was measured stands, whether or not it can be explained. */
  List<Diagnosis> of(JudgedRun judged, Port reference, Path out) throws InterruptedException {
    if (Interruption.signal() != null) {
      return List.of();
    }
    List<Failure> failures = RunDiagnosis.worthIt(judged, reference);
    if (!failures.isEmpty() && !quiet) {
      System.err.printf(
          "explaining (failures: %d): runs them again with op logs%n", failures.size());
    }
    try {
      Folders.delete(out.resolve("diagnosis")); // what an interrupted run left
      Investigation all = new Investigation(out.resolve("diagnosis"), replays, timeout);
      return Interruptible.call(() -> all.of(failures)).orElse(List.of());
    } catch (ParityException | MalformedFileException | IOException e) {
      System.err.printf("explaining: not possible: %s%n", e.getMessage());
      return List.of();
    } catch (StackOverflowError | OutOfMemoryError e) {
      System.err.printf("explaining: not possible: it takes more memory than there is (%s)%n", e);
      return List.of();
    }
  }
}
