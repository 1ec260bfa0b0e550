package torchparity.harness.verdict;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Case;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;
import torchparity.harness.run.Instance;

/** Whether a training run learned anything: two networks that do not learn agree easily. */
public sealed interface Liveness {
  /** The case trains nothing. */
  record NoTraining() implements Liveness {}

  /** The loss fell clearly, and the classes, where recorded, are far better than chance. */
  record Learning(String what) implements Liveness {}

  /** Too few epochs to tell. */
  record TooShort(String what) implements Liveness {}

  /** It does not learn. */
  record Dead(String why) implements Liveness {}

  /**
   * So many epochs or fewer, as of an exact run that is cut, may leave a network that learns where
   * it began.
   */
  int EPOCHS_TO_TELL = 100;

  /** A loss that is not below this share of the first is not clearly down. */
  double CLEARLY_DOWN = 0.8;

  /** How far above the share of the most frequent class the accuracy must be. */
  double ABOVE_CHANCE = 0.1;

  /** What {@code trace} shows, alone. */
  static Liveness of(Instance instance, Trace trace) {
    Case.Training training = instance.question().training();
    HostTensor curve = training == null ? null : trace.probes().get(training.curve());
    if (training == null || curve == null) {
      return new NoTraining();
    }
    Optional<String> dead = dead(training, trace, curve);
    if (dead.isPresent()) {
      return new Dead(dead.get());
    }
    double ratio = curve.getDouble(curve.numel() - 1) / curve.getDouble(0);
    boolean learned = ratio <= CLEARLY_DOWN;
    String seen =
        String.format(
            Locale.ROOT, "after %d epochs the loss is %.3g of the first", curve.numel(), ratio);
    if (training.classes() != null && training.labels() != null) {
      HostTensor labels = trace.probes().get(training.labels());
      HostTensor classes = trace.probes().get(training.classes());
      double accuracy = accuracy(labels, classes);
      double chance = chance(labels);
      learned &= accuracy >= Math.min(0.95, chance + ABOVE_CHANCE);
      seen += String.format(Locale.ROOT, ", accuracy %.2f (chance %.2f)", accuracy, chance);
    }
    if (learned) {
      return new Learning(seen);
    }
    return curve.numel() <= EPOCHS_TO_TELL ? new TooShort(seen) : new Dead(seen);
  }

  private static Optional<String> dead(Case.Training training, Trace trace, HostTensor curve) {
    if (curve.numel() == 0) {
      return Optional.of("it trained no epoch");
    }
    boolean moves = curve.numel() < 2;
    for (int e = 0; e < curve.numel(); e++) {
      if (!Double.isFinite(curve.getDouble(e))) {
        return Optional.of("the loss of epoch %d is %s".formatted(e + 1, curve.getDouble(e)));
      }
      moves |= curve.getDouble(e) != curve.getDouble(0);
    }
    if (!moves) {
      return Optional.of("the loss is the same in every epoch");
    }
    boolean anyGradient = false;
    boolean allZero = true;
    for (String name : trace.probes().keySet()) {
      if (name.startsWith(training.gradients() + ".")) {
        anyGradient = true;
        allZero &= isZero(trace.probes().get(name));
      }
    }
    return anyGradient && allZero
        ? Optional.of("all gradients of the first step are zero")
        : Optional.empty();
  }

  private static boolean isZero(HostTensor tensor) {
    for (int i = 0; i < tensor.numel(); i++) {
      if (tensor.getDouble(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static double accuracy(@Nullable HostTensor labels, @Nullable HostTensor classes) {
    if (labels == null || classes == null || labels.numel() != classes.numel()) {
      return 0;
    }
    return IntStream.range(0, labels.numel())
            .filter(i -> labels.getLong(i) == classes.getLong(i))
            .count()
        / (double) labels.numel();
  }

  /** Share of the most frequent label. */
  private static double chance(@Nullable HostTensor labels) {
    if (labels == null) {
      return 0;
    }
    Map<Long, Long> counts =
        IntStream.range(0, labels.numel())
            .mapToObj(labels::getLong)
            .collect(Collectors.groupingBy(label -> label, Collectors.counting()));
    return counts.values().stream().mapToLong(n -> n).max().orElse(0) / (double) labels.numel();
  }
}
