package torchparity.harness.report;

import torchparity.harness.run.Instance;

/** The command that repeats an instance. */
final class Again {
  private Again() {}

  /**
   * The line.
   *
   * @param options of the run that every such line needs, or empty
   */
  static String command(Instance instance, String options) {
    return "./parity run --case %s --seeds %d --dtype %s --tier %s%s"
        .formatted(
            instance.question().name(),
            instance.seed(),
            instance.dtype(),
            instance.tier(),
            options.isEmpty() ? "" : " " + options);
  }
}
