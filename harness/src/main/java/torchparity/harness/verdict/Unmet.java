package torchparity.harness.verdict;

import torchparity.harness.run.Instance;

/** Something that the case expects of every port, and that one port's trace does not show. */
public record Unmet(Instance instance, String port, String probe, String problem) {}
