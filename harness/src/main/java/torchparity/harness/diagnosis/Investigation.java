package torchparity.harness.diagnosis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import torchparity.cases.MalformedFileException;
import torchparity.cases.OpLog;
import torchparity.harness.ParityException;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.port.Port;
import torchparity.harness.run.Replayer;
import torchparity.harness.run.Tier;

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
          new Wiring(),
          new PutIn(true),
          new Exchanged(Exchanged.Kind.CHAIN),
          new CutHistory(),
          new Reported(),
          new Recorded(),
          new RecordedEarlier());

  private static final String HANDED_ON =
      "the first time both agree in every bit, the second time in the same process they do not:"
          + " %s keeps something from one instance to the next";
  private static final String ALONE =
      "run by itself, it agrees with the reference in every bit: what differs comes from the"
          + " instances that ran before it in the same process, or changes from run to run";

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
    } catch (MalformedFileException e) {
      String why = "what a port left cannot be read: " + e.getMessage();
      return diagnosis(f, new Search.Result(Status.UNAVAILABLE, List.of(), why));
    } catch (StackOverflowError | OutOfMemoryError e) {
      String why = "the search takes more memory than there is: " + e;
      return diagnosis(f, new Search.Result(Status.UNAVAILABLE, List.of(), why));
    } catch (RuntimeException e) {
      String why = "the search itself failed, which is a mistake of ours: " + e;
      return diagnosis(f, new Search.Result(Status.UNAVAILABLE, List.of(), why));
    }
  }

  private Diagnosis diagnosis(Failure f, Reruns.Logs first)
      throws IOException, InterruptedException {
    Reruns.Logs logs = first;
    String when = "";
    if (first.areThere() && agree(first)) {
      Optional<Reruns.Logs> later = reruns.later(f);
      Reruns.Logs again = later.isPresent() ? first : reruns.again(f);
      logs = later.orElse(again);
      if (later.isEmpty() && again.areThere() && !agree(again)) {
        when = HANDED_ON.formatted(keeper(f, first, again).name());
      } else if (later.isEmpty() && f.instance().tier() == Tier.EXACT) {
        return diagnosis(f, new Search.Result(Status.UNEXPLAINED, List.of(), ALONE));
      }
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
    Search.Result told =
        new Search.Result(result.status(), result.findings(), when).also(result.note());
    return diagnosis(f, told.note().isEmpty() ? told.also(logs.problem()) : told);
  }

  /** The port that does something else the second time. */
  private static Port keeper(Failure f, Reruns.Logs first, Reruns.Logs again) {
    return agree(first.reference().orElseThrow(), again.reference().orElseThrow())
        ? f.candidate()
        : f.reference();
  }

  private static boolean agree(Reruns.Logs logs) {
    return agree(logs.reference().orElseThrow(), logs.candidate().orElseThrow());
  }

  private static boolean agree(OpLog one, OpLog other) {
    return Divergence.between(new OpGraph(one), new OpGraph(other)).isNone();
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
