package torchparity.harness.diagnosis;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import torchparity.harness.diagnosis.Diagnosis.Finding;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.diagnosis.Search.Result;

/**
 * What is still tried where changes to the reference explain little: to take something away from
 * the candidate, and to look at the numbers alone. Neither proves anything.
 */
final class LastResort {
  private static final double NEXT_TO_NOTHING = 1e-4;

  private final Counterfactuals counterfactuals;

  LastResort(Counterfactuals counterfactuals) {
    this.counterfactuals = counterfactuals;
  }

  /** The result, or what is told in its place. */
  Result of(Result result, Divergence d) throws IOException, InterruptedException {
    boolean explainsLittle =
        result.status() == Status.UNEXPLAINED
            || (result.status() == Status.SUSPECTED && result.findings().size() > 1);
    if (!explainsLittle) {
      return result;
    }
    Optional<Suspicion> tooMuch = tooMuch(d);
    if (tooMuch.isPresent()) {
      return new Result(
          Status.SUSPECTED,
          List.of(Findings.of(d, tooMuch.get(), result.findings().get(0).tried())),
          "replayed without it, the candidate gives the reference's numbers up to rounding");
    }
    Optional<Pattern> pattern = Pattern.of(d);
    return pattern.isPresent() ? told(result.findings().get(0), pattern.get()) : result;
  }

  /** The place that the search found, and what the numbers tell. */
  private static Result told(Finding place, Pattern pattern) {
    return new Result(
        Status.SUSPECTED,
        List.of(place.because(pattern.cause(), pattern.claim())),
        "the numbers show it; by which operations is not known");
  }

  /** What the candidate has too much, so that the rest of it gives the reference. */
  private Optional<Suspicion> tooMuch(Divergence d) throws IOException, InterruptedException {
    OpGraph repeated = counterfactuals.asRecorded(d.candidate()).get(0);
    if (!Search.obstacle(d.candidate(), repeated).isEmpty()) {
      return Optional.empty();
    }
    Divergence before = Divergence.between(repeated, d.reference());
    List<Suspicion> suspicions = Mirror.about(Divergence.between(d.reference(), repeated));
    List<@Nullable OpGraph> replayed = counterfactuals.with(suspicions, repeated);
    return IntStream.range(0, suspicions.size())
        .filter(i -> isNear(before, replayed.get(i)))
        .mapToObj(suspicions::get)
        .findFirst();
  }

  /** True if a replay leaves next to nothing of the difference at the first probe that differs. */
  static boolean isNear(Divergence before, @Nullable OpGraph replayed) {
    Residual left = replayed == null ? null : Residual.of(before, replayed);
    return left != null && left.share() <= NEXT_TO_NOTHING;
  }
}
