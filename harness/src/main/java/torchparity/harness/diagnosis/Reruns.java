package torchparity.harness.diagnosis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Case;
import torchparity.cases.HostTensor;
import torchparity.cases.LogWindow;
import torchparity.cases.MalformedFileException;
import torchparity.cases.OpLog;
import torchparity.cases.Products;
import torchparity.cases.Trace;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.Plan;
import torchparity.harness.run.PortRun;
import torchparity.harness.run.Runner;

/** Runs ports again without BLAS, with op logs where they are wanted. */
final class Reruns {
  private static final int FIRST_EPOCHS = 3;

  /** Epochs that are logged beyond those asked for: a port may do more. */
  private static final int MORE_EPOCHS = 3;

  private static final String AGREED_FIRST =
      "the first %d epochs agree in every bit; ".formatted(FIRST_EPOCHS);

  private static final String EPOCHS = "epochs";

  private final Path folder;
  private final Duration timeout;

  Reruns(Path folder, Duration timeout) {
    this.folder = folder;
    this.timeout = timeout;
  }

  /**
   * The op logs of a pair.
   *
   * @param problem why one is missing or ends early, or empty
   */
  record Logs(Optional<OpLog> reference, Optional<OpLog> candidate, String problem) {
    boolean areThere() {
      return reference.isPresent() && candidate.isPresent();
    }
  }

  /** Logs of the first epochs for each of {@code failures}; every port is started once. */
  List<Logs> first(List<Failure> failures) throws IOException, InterruptedException {
    Set<Instance> instances = new LinkedHashSet<>();
    Set<Port> ports = new LinkedHashSet<>();
    failures.forEach(f -> ports.add(f.reference()));
    for (Failure f : failures) {
      instances.add(shortened(f.instance(), firstEpochs(f)));
      ports.add(f.candidate());
    }
    Path out = folder.resolve("first");
    List<PortRun> runs =
        run(
            List.copyOf(instances),
            List.copyOf(ports),
            new LogWindow(0, FIRST_EPOCHS + MORE_EPOCHS),
            out);
    List<Logs> logs = new ArrayList<>();
    for (Failure f : failures) {
      logs.add(logs(f, shortened(f.instance(), firstEpochs(f)), runs, out));
    }
    return logs;
  }

  /**
   * Logs around the first epoch at which a curve of the two differs in any bit, or one of them has
   * no more; none, and the problem, if a port ends early; empty if they agree to the end, or the
   * first epochs were all there are.
   */
  Optional<Logs> later(Failure f) throws IOException, InterruptedException {
    int epochs = epochs(f);
    if (epochs <= FIRST_EPOCHS) {
      return Optional.empty();
    }
    List<Port> pair = List.of(f.reference(), f.candidate());
    String name = f.name();
    Instance whole = shortened(f.instance(), epochs);
    List<PortRun> runs = run(List.of(whole), pair, null, folder.resolve(name + ".whole"));
    OptionalInt bad = firstBadEpoch(whole, runs);
    if (bad.isEmpty()) {
      String problem = problem(f, whole, runs);
      return problem.isEmpty()
          ? Optional.empty()
          : Optional.of(new Logs(Optional.empty(), Optional.empty(), AGREED_FIRST + problem));
    }
    int epoch = Math.min(bad.getAsInt(), epochs);
    Instance until = shortened(f.instance(), epoch);
    Path out = folder.resolve(name + ".later");
    LogWindow window = new LogWindow(Math.max(0, epoch - 2), epoch + MORE_EPOCHS);
    return Optional.of(logs(f, until, run(List.of(until), pair, window, out), out));
  }

  /**
   * Logs of a second time in the same process: empty if the two agree then, too. A port that hands
   * something on from one instance to the next differs there alone.
   */
  Logs again(Failure f) throws IOException, InterruptedException {
    Instance once = shortened(f.instance(), firstEpochs(f));
    Instance twice = once.with(once.setting().again());
    Path out = folder.resolve(f.name() + ".again");
    LogWindow window = new LogWindow(0, FIRST_EPOCHS + MORE_EPOCHS);
    return logs(
        f,
        twice,
        run(List.of(once, twice), List.of(f.reference(), f.candidate()), window, out),
        out);
  }

  private static int epochs(Failure f) {
    return f.instance().question().parameters().path(EPOCHS).asInt(0);
  }

  private static int firstEpochs(Failure f) {
    return Math.min(epochs(f), FIRST_EPOCHS);
  }

  private static Instance shortened(Instance instance, int epochs) {
    Case question = instance.question();
    return new Instance(
        epochs == 0 ? question : question.withEpochs(epochs),
        instance.seed(),
        instance.dtype(),
        Products.EXACT,
        instance.setting());
  }

  private List<PortRun> run(
      List<Instance> instances, List<Port> ports, @Nullable LogWindow window, Path out)
      throws IOException, InterruptedException {
    Plan plan = new Plan(instances, ports, 1, timeout, out, window);
    return new Runner((port, event) -> {}, Set.of()).run(plan);
  }

  /** A log that cannot be read is a problem of its own port, and of no other pair. */
  private static Logs logs(Failure f, Instance instance, List<PortRun> runs, Path out)
      throws IOException {
    Port reading = f.reference();
    try {
      Optional<OpLog> reference = OpLog.read(out.resolve(reading.name()).resolve(instance.id()));
      reading = f.candidate();
      Optional<OpLog> candidate = OpLog.read(out.resolve(reading.name()).resolve(instance.id()));
      return new Logs(reference, candidate, problem(f, instance, runs));
    } catch (MalformedFileException e) {
      String problem =
          "the op log of %s cannot be read: %s".formatted(reading.name(), e.getMessage());
      return new Logs(Optional.empty(), Optional.empty(), problem);
    } catch (OutOfMemoryError e) {
      String problem = "the op log of %s takes more memory than there is".formatted(reading.name());
      return new Logs(Optional.empty(), Optional.empty(), problem);
    }
  }

  private static String problem(Failure f, Instance instance, List<PortRun> runs) {
    for (PortRun run : runs) {
      boolean ofPair = run.port().equals(f.reference()) || run.port().equals(f.candidate());
      if (ofPair && run.outcomes().get(instance) instanceof Outcome.Failed failed) {
        return "%s ends early: %s".formatted(run.port().name(), failed.reason());
      }
    }
    return "";
  }

  private static OptionalInt firstBadEpoch(Instance instance, List<PortRun> runs) {
    Optional<Trace> expected = trace(runs.get(0), instance);
    Optional<Trace> actual = trace(runs.get(1), instance);
    if (expected.isEmpty() || actual.isEmpty()) {
      return OptionalInt.empty();
    }
    Case.Training training = instance.question().training();
    OptionalInt bad =
        training == null
            ? OptionalInt.empty()
            : difference(expected.get(), actual.get(), training.curve());
    return bad.isPresent() ? OptionalInt.of(bad.getAsInt() + 1) : bad;
  }

  private static Optional<Trace> trace(PortRun run, Instance instance) {
    return run.outcomes().get(instance) instanceof Outcome.Traced traced
        ? Optional.of(traced.trace())
        : Optional.empty();
  }

  private static OptionalInt difference(Trace expected, Trace actual, String probe) {
    HostTensor e = expected.probes().get(probe);
    HostTensor a = actual.probes().get(probe);
    if (e == null || a == null) {
      return OptionalInt.empty();
    }
    int both = Math.min(e.numel(), a.numel());
    for (int i = 0; i < both; i++) {
      if (!Objects.equals(e.getDouble(i), a.getDouble(i))) {
        return OptionalInt.of(i);
      }
    }
    return e.numel() == a.numel() ? OptionalInt.empty() : OptionalInt.of(both);
  }
}
