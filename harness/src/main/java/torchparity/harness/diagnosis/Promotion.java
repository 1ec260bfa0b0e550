package torchparity.harness.diagnosis;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The whole computation in float64. It is what people suspect first, so that it is always tried:
 * with numbers for how little of the difference it makes.
 */
final class Promotion {
  private Promotion() {}

  /** The suspicion, in the light of the reference replayed in float64. */
  static Suspicion suspicion(Divergence d, OpGraph replayed) {
    return new Suspicion(Cause.DTYPE_PROMOTION, claim(Residual.of(d, replayed)), List.of());
  }

  private static String claim(@Nullable Residual residual) {
    return residual == null
        ? "everything is computed in float64"
        : String.format(
            Locale.ROOT,
            "everything is computed in float64: that moves `%s` by at most %.2g, the difference is"
                + " %.2g",
            residual.probe(),
            residual.moved(),
            residual.whole());
  }
}
