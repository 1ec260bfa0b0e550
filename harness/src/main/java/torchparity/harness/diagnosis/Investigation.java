package torchparity.harness.diagnosis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import torchparity.cases.OpLog;
import torchparity.harness.ParityException;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.run.Replayer;

/**
 * Runs failures again, without BLAS and with op logs, and searches for the cause of each. Products
 * without BLAS round alike everywhere, so the first bit that differs is the answer.
 */
public final class Investigation {
  static final List<Hypothesis> HYPOTHESES =
      List.of(
          new WrongCentre(),
          new Draws(),
          new Literals(),
          new Exchanged(Exchanged.Kind.ARGUMENTS),
          new Numbers(),
          new Redirected(),
          new LeftOut(),
          new Momentum(),
          new Exchanged(Exchanged.Kind.OPERATION),
          new PutIn(false),
          new Exchanged(Exchanged.Kind.OPERANDS),
          new PutIn(true),
          new Exchanged(Exchanged.Kind.CHAIN),
          new CutHistory(),
          new Reported(),
          new Recorded(),
          new RecordedEarlier());

  private final Path folder;
  private final Replayer replays;
  private final Reruns reruns;

  /**
   * An investigation.
   *
   * @param folder where logs and replays are kept
   * @param timeout for each rerun of ports
   */
  public Investigation(Path folder, Replayer replays, Duration timeout) {
    this.folder = folder;
    this.replays = replays;
    this.reruns = new Reruns(folder, timeout);
  }

  /**
   * Why the candidates of {@code failures} differ.
   *
   * @return one diagnosis for each, in the same order
   */
  public List<Diagnosis> of(List<Failure> failures) throws IOException, InterruptedException {
    if (failures.isEmpty()) {
      return List.of();
    }
    List<Reruns.Logs> logs = reruns.first(failures);
    List<Diagnosis> diagnoses = new ArrayList<>();
    for (int i = 0; i < failures.size(); i++) {
      diagnoses.add(orItsFailure(failures.get(i), logs.get(i)));
    }
    return diagnoses;
  }

  /** Nothing that a strange log brings about may cost the run what is known already. */
  private Diagnosis orItsFailure(Failure f, Reruns.Logs logs)
      throws IOException, InterruptedException {
    try {
      return diagnosis(f, logs);
    } catch (ParityException e) {
      throw e;
    } catch (RuntimeException e) {
      String why = "the search itself failed, which is a mistake of ours: " + e;
      return diagnosis(f, new Search.Result(Status.UNAVAILABLE, List.of(), why));
    }
  }

  private Diagnosis diagnosis(Failure f, Reruns.Logs first)
      throws IOException, InterruptedException {
    Reruns.Logs logs = first;
    if (first.areThere() && agree(first)) {
      Optional<Reruns.Logs> later = reruns.later(f);
      logs = later.orElse(first);
    }
    if (!logs.areThere()) {
      String why =
          logs.problem().isEmpty()
              ? "a port leaves none; this is as far as its probes tell"
              : logs.problem();
      return diagnosis(f, new Search.Result(Status.UNAVAILABLE, List.of(), why));
    }
    OpLog reference = logs.reference().orElseThrow();
    OpLog candidate = logs.candidate().orElseThrow();
    Path own = folder.resolve(f.name() + ".replays");
    Search.Result result =
        new Search(HYPOTHESES, replays, own, f.instance().seed()).run(reference, candidate);
    return diagnosis(f, result.note().isEmpty() ? result.noted(logs.problem()) : result);
  }

  private static boolean agree(Reruns.Logs logs) {
    return Divergence.between(
            new OpGraph(logs.reference().orElseThrow()),
            new OpGraph(logs.candidate().orElseThrow()))
        .isNone();
  }

  private static Diagnosis diagnosis(Failure f, Search.Result result) {
    return new Diagnosis(
        f.instance().id(),
        f.reference().name(),
        f.candidate().name(),
        result.status(),
        result.findings(),
        result.note());
  }
}
