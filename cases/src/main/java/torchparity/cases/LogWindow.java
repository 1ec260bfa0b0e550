package torchparity.cases;

/**
 * Which part of a run is logged operation by operation, told by how often {@code backward} was
 * called before: {@code 0} is everything up to and with the first backward pass.
 *
 * @param from logged from here on
 * @param to logged up to here, included
 */
public record LogWindow(int from, int to) {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is negative, or they are in the wrong order
   */
  public LogWindow {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "a log window must run upwards from 0: from %d, to %d".formatted(from, to));
    }
  }

  /** True if an operation is logged that follows {@code backwards} backward passes. */
  public boolean contains(int backwards) {
    return from <= backwards && backwards <= to;
  }
}
