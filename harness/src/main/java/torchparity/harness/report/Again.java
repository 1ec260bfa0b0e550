package torchparity.harness.report;

import torchparity.harness.run.Instance;

/** The command that repeats an instance. */
final class Again {
  private Again() {}

  /**
   * The line.
   *
   * @param launcher what people type to start this program
   * @param options of the run that every such line needs, or empty
   */
  static String command(String launcher, Instance instance, String options) {
    return "%s run --case %s --seeds %d --dtype %s --tier %s%s"
        .formatted(
            launcher,
            instance.question().name(),
            instance.seed(),
            instance.dtype(),
            instance.tier(),
            options.isEmpty() ? "" : " " + options);
  }
}
