package torchparity.harness.allowance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;
import torchparity.harness.run.Instance;

/** Allowances from noisy runs that a test makes up, written to a file and read back. */
public final class Noises {
  private Noises() {}

  /**
   * Allowances of one instance with one probe.
   *
   * @param base the run without noise, which the truth and the finders are, too
   * @param noisy the eight others
   */
  public static Allowances of(
      Instance instance, String probe, HostTensor base, List<HostTensor> noisy, Path folder)
      throws IOException {
    return of(
        instance, Map.of(probe, base), noisy.stream().map(t -> Map.of(probe, t)).toList(), folder);
  }

  /** The same of several probes. */
  public static Allowances of(
      Instance instance,
      Map<String, HostTensor> base,
      List<Map<String, HostTensor>> noisy,
      Path folder)
      throws IOException {
    List<Map<String, HostTensor>> all = new ArrayList<>(List.of(base));
    all.addAll(noisy);
    all.addAll(List.of(base, base, base));
    List<Trace> runs = all.stream().map(t -> new Trace(instance.id(), t, Map.of())).toList();
    Path file = folder.resolve("noise.safetensors");
    InstanceNoise.of(instance, runs).write(file);
    return new Allowances(Map.of(instance, InstanceNoise.read(file)), Map.of());
  }
}
