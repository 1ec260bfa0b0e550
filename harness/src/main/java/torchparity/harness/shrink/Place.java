package torchparity.harness.shrink;

import org.jspecify.annotations.Nullable;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Verdict;

/**
 * Where and how an instance fails.
 *
 * @param probe the first probe that differs; null if nothing was compared
 * @param finding the kind of its finding, such as {@code ValueMismatch}; null likewise
 * @param reason why nothing was compared
 */
public record Place(
    Verdict verdict, @Nullable String probe, @Nullable String finding, String reason) {
  static Place of(Judgement judgement) {
    ProbeFinding root = judgement.root().orElse(null);
    return new Place(
        judgement.verdict(),
        root == null ? null : root.probe(),
        root == null ? null : root.getClass().getSimpleName(),
        root == null ? judgement.reason() : "");
  }

  @Override
  public String toString() {
    return probe == null ? verdict + ", " + reason : probe + " (" + finding + ")";
  }
}
