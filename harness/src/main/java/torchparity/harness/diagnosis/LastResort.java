package torchparity.harness.diagnosis;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import torchparity.harness.ParityException;
import torchparity.harness.diagnosis.Diagnosis.Finding;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.diagnosis.Search.Result;

/**
 * What is still tried where changes to the reference explain little: to take something away from
 * the candidate, and to look at the numbers alone. Neither proves anything; but where other
 * operations stand for some of the reference's, it tells which of them is wrong.
 */
final class LastResort {
  private static final double NEXT_TO_NOTHING = 1e-4;

  private final Counterfactuals counterfactuals;

  LastResort(Counterfactuals counterfactuals) {
    this.counterfactuals = counterfactuals;
  }

  /** The result, or what is told in its place. */
  Result of(Result result, Divergence d) throws IOException, InterruptedException {
    if (isExchange(result)) {
      Optional<Suspicion> tooMuch = tooMuch(d, true);
      return tooMuch.isPresent()
          ? new Result(Status.CONFIRMED, List.of(without(tooMuch.get(), result, d)), "")
          : result;
    } else if (!explainsLittle(result)) {
      return result;
    }
    Optional<Suspicion> tooMuch = tooMuch(d, false);
    if (tooMuch.isPresent()) {
      return new Result(
          Status.SUSPECTED,
          List.of(without(tooMuch.get(), result, d)),
          noted(
              result,
              "replayed without it, the candidate gives the reference's numbers up to rounding"));
    }
    Optional<Pattern> pattern = Pattern.of(d);
    return pattern.isPresent() ? told(result, pattern.get()) : result;
  }

  /** True where other operations give the same: one of them may be all that is wrong. */
  private static boolean isExchange(Result result) {
    return result.status() == Status.CONFIRMED
        && !result.findings().isEmpty()
        && result.findings().stream().allMatch(f -> f.cause() == Cause.OTHER_OP);
  }

  private static boolean explainsLittle(Result result) {
    return result.status() == Status.UNEXPLAINED
        || (result.status() == Status.SUSPECTED && result.findings().size() > 1);
  }

  private static Finding without(Suspicion tooMuch, Result result, Divergence d) {
    return Findings.of(d, tooMuch, result.findings().get(0).tried());
  }

  /** The place that the search found, and what the numbers tell. */
  private static Result told(Result result, Pattern pattern) {
    return new Result(
        Status.SUSPECTED,
        List.of(result.findings().get(0).because(pattern.cause(), pattern.claim())),
        noted(result, "the numbers show it; by which operations is not known"));
  }

  /** What stood in the way of replays stays told. */
  private static String noted(Result result, String note) {
    boolean obstacle = result.status() == Status.UNEXPLAINED && !result.note().isEmpty();
    return obstacle ? result.note() + "; " + note : note;
  }

  /**
   * What the candidate has too much, so that the rest of it gives the reference; nothing if the
   * candidate, which may be anything, cannot be replayed.
   */
  private Optional<Suspicion> tooMuch(Divergence d, boolean inEveryBit)
      throws IOException, InterruptedException {
    try {
      return leftOut(d, inEveryBit);
    } catch (ParityException e) {
      return Optional.empty();
    }
  }

  private Optional<Suspicion> leftOut(Divergence d, boolean inEveryBit)
      throws IOException, InterruptedException {
    OpGraph repeated = counterfactuals.asRecorded(d.candidate()).get(0);
    if (!Search.obstacle(d.candidate(), repeated).isEmpty()) {
      return Optional.empty();
    }
    Divergence before = Divergence.between(repeated, d.reference());
    List<Suspicion> suspicions = Mirror.about(Divergence.between(d.reference(), repeated));
    List<@Nullable OpGraph> replayed = counterfactuals.with(suspicions, repeated);
    return IntStream.range(0, suspicions.size())
        .filter(
            i -> inEveryBit ? gives(d, replayed.get(i)) : isNearThroughout(before, replayed.get(i)))
        .mapToObj(suspicions::get)
        .findFirst();
  }

  private static boolean gives(Divergence d, @Nullable OpGraph replayed) {
    return replayed != null && Divergence.between(d.reference(), replayed).isNone();
  }

  /** True if a replay leaves next to nothing of the difference at the first probe that differs. */
  static boolean isNear(Divergence before, @Nullable OpGraph replayed) {
    Residual left = replayed == null ? null : Residual.of(before, replayed);
    return left != null && left.share() <= NEXT_TO_NOTHING;
  }

  /** True if that holds for every probe that differs. */
  private static boolean isNearThroughout(Divergence before, @Nullable OpGraph replayed) {
    List<Residual> left = replayed == null ? List.of() : Residual.ofAll(before, replayed);
    return !left.isEmpty() && left.stream().allMatch(r -> r.share() <= NEXT_TO_NOTHING);
  }
}
