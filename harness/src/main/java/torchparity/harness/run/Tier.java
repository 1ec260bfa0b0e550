package torchparity.harness.run;

import java.util.Locale;

/** Which comparison decides, the strictest first. */
public enum Tier {
  /** Products without BLAS: all ports must agree in every bit. */
  EXACT,
  /** BLAS products in float64: rounding explains next to nothing. */
  FLOAT64,
  /** BLAS products in float32: rounding explains what its allowance says. */
  FLOAT32;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
