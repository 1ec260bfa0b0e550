package torchparity.harness.diagnosis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Case;
import torchparity.cases.HostTensor;
import torchparity.cases.LogWindow;
import torchparity.cases.OpLog;
import torchparity.cases.Products;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.Plan;
import torchparity.harness.run.PortRun;
import torchparity.harness.run.Replays;
import torchparity.harness.run.Runner;

/**
 * Runs two ports again, without BLAS and with op logs, where they first differ, and searches for
 * the cause. Products without BLAS round alike everywhere, so the first bit that differs is the
 * answer.
 */
public final class Investigation {
  private static final int FIRST_EPOCHS = 3;
  private static final String EPOCHS = "epochs";
  private static final List<Hypothesis> HYPOTHESES =
      List.of(new WrongCentre(), new Draws(), new Exchanged(), new LeftOut(), new PutIn());

  private final Path folder;
  private final Replays replays;
  private final Duration timeout;

  /**
   * @param folder where logs and replays are kept
   * @param timeout for each rerun of the two ports
   */
  public Investigation(Path folder, Replays replays, Duration timeout) {
    this.folder = folder;
    this.replays = replays;
    this.timeout = timeout;
  }

  /** The op logs of two ports, or what became of the run. */
  private record Logs(Optional<OpLog> reference, Optional<OpLog> candidate, String problem) {}

  /** Why {@code candidate} differs from {@code reference} in {@code instance}. */
  public Diagnosis of(Instance instance, Port reference, Port candidate)
      throws IOException, InterruptedException {
    int epochs = instance.question().parameters().path(EPOCHS).asInt(0);
    int few = Math.min(epochs, FIRST_EPOCHS);
    Logs logs =
        logs(shortened(instance, few), reference, candidate, new LogWindow(0, few), "first");
    if (agree(logs) && few < epochs) {
      OptionalInt bad = firstBadEpoch(instance, reference, candidate);
      if (bad.isPresent()) {
        int epoch = bad.getAsInt();
        LogWindow window = new LogWindow(Math.max(0, epoch - 2), epoch);
        logs = logs(shortened(instance, epoch), reference, candidate, window, "later");
      }
    }
    if (logs.reference.isEmpty() || logs.candidate.isEmpty()) {
      return diagnosis(instance, reference, candidate, Status.UNAVAILABLE, List.of(), logs.problem);
    }
    Search search = new Search(HYPOTHESES, replays, folder.resolve("replays"), instance.seed());
    Search.Result result = search.run(logs.reference.get(), logs.candidate.get());
    return diagnosis(
        instance, reference, candidate, result.status(), result.findings(), result.note());
  }

  private static Diagnosis diagnosis(
      Instance instance,
      Port reference,
      Port candidate,
      Status status,
      List<Diagnosis.Finding> findings,
      String note) {
    return new Diagnosis(instance.id(), reference.name(), candidate.name(), status, findings, note);
  }

  private static boolean agree(Logs logs) {
    return logs.reference.isPresent()
        && logs.candidate.isPresent()
        && Divergence.between(new OpGraph(logs.reference.get()), new OpGraph(logs.candidate.get()))
            .isNone();
  }

  private static Instance shortened(Instance instance, int epochs) {
    Case question = instance.question();
    return new Instance(
        epochs == 0 ? question : question.withEpochs(epochs),
        instance.seed(),
        instance.dtype(),
        Products.EXACT);
  }

  private Logs logs(
      Instance instance, Port reference, Port candidate, LogWindow window, String name)
      throws IOException, InterruptedException {
    Path out = folder.resolve(name);
    List<PortRun> runs = run(instance, reference, candidate, window, out);
    return new Logs(
        OpLog.read(out.resolve(reference.name()).resolve(instance.id())),
        OpLog.read(out.resolve(candidate.name()).resolve(instance.id())),
        problem(runs, instance));
  }

  private static String problem(List<PortRun> runs, Instance instance) {
    for (PortRun run : runs) {
      Outcome outcome = run.outcomes().get(instance);
      if (outcome instanceof Outcome.Failed failed) {
        return "%s: %s".formatted(run.port().name(), failed.reason());
      }
    }
    return "the port leaves no op log; this is as far as its probes tell";
  }

  private List<PortRun> run(
      Instance instance, Port reference, Port candidate, @Nullable LogWindow window, Path out)
      throws IOException, InterruptedException {
    Plan plan = new Plan(List.of(instance), List.of(reference, candidate), 1, timeout, out, window);
    return new Runner((port, event) -> {}, Set.of()).run(plan);
  }

  /** The first epoch, from 1, at which a curve of the two differs in any bit, over all epochs. */
  private OptionalInt firstBadEpoch(Instance instance, Port reference, Port candidate)
      throws IOException, InterruptedException {
    Instance whole = shortened(instance, instance.question().parameters().path(EPOCHS).asInt());
    List<PortRun> runs = run(whole, reference, candidate, null, folder.resolve("whole"));
    if (!(runs.get(0).outcomes().get(whole) instanceof Outcome.Traced expected
        && runs.get(1).outcomes().get(whole) instanceof Outcome.Traced actual)) {
      return OptionalInt.empty();
    }
    int first = Integer.MAX_VALUE;
    for (Case.Probe probe : instance.question().probes()) {
      HostTensor e = expected.trace().probes().get(probe.name());
      HostTensor a = actual.trace().probes().get(probe.name());
      if (probe.falls() && e != null && a != null && e.shape().equals(a.shape())) {
        first = Math.min(first, firstDifference(e, a));
      }
    }
    return first == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(first + 1);
  }

  private static int firstDifference(HostTensor e, HostTensor a) {
    for (int i = 0; i < e.numel(); i++) {
      if (Double.doubleToRawLongBits(e.getDouble(i))
          != Double.doubleToRawLongBits(a.getDouble(i))) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }
}
