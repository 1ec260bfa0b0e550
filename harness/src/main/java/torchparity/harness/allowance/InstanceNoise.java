package torchparity.harness.allowance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import torchparity.cases.Case;
import torchparity.cases.HostTensor;
import torchparity.cases.Safetensors;
import torchparity.cases.Trace;
import torchparity.harness.run.Instance;

/**
 * What noise does to one instance: bounds of every probe, the truth, and the noisy loss curves.
 *
 * @param bounds by probe
 * @param truth the float64 tensors by probe, empty where nothing is more precise
 * @param curves the loss of every epoch in the run without noise and in each noisy one; empty if
 *     nothing is trained
 */
public record InstanceNoise(
    Map<String, ProbeNoise> bounds, Map<String, HostTensor> truth, List<double[]> curves) {
  private static final String TIGHT = "tight:";
  private static final String REACH = "reach:";
  private static final String OUTCOME = "outcome:";
  private static final String TRUTH = "truth:";
  private static final String CURVE = "curve:";

  public InstanceNoise {
    bounds = Map.copyOf(bounds);
    truth = Map.copyOf(truth);
    curves = List.copyOf(curves);
  }

  /**
   * Summarizes runs.
   *
   * @param runs as {@link NoiseModel#all} orders them
   */
  static InstanceNoise of(Instance instance, List<Trace> runs) {
    Trace base = runs.get(0);
    List<Trace> noisy = runs.subList(1, 1 + NoiseModel.RUNS);
    List<Trace> finders =
        runs.subList(1 + NoiseModel.RUNS, 1 + NoiseModel.RUNS + NoiseModel.FINDERS);
    Map<String, ProbeNoise> bounds = new LinkedHashMap<>();
    base.probes()
        .forEach(
            (name, tensor) -> {
              List<HostTensor> near = like(tensor, name, noisy);
              if (tensor.dtype().isFloatingPoint() && tensor.numel() > 0 && !near.isEmpty()) {
                bounds.put(
                    name,
                    ProbeNoise.of(
                        tensor,
                        near,
                        like(tensor, name, finders),
                        instance.isSteps() || isPerRow(instance, name),
                        !instance.isSteps()));
              }
            });
    Map<String, HostTensor> truth =
        runs.size() > 1 + NoiseModel.RUNS + NoiseModel.FINDERS
            ? runs.get(runs.size() - 1).probes()
            : Map.of();
    Case.Training training = instance.question().training();
    List<double[]> curves = new ArrayList<>();
    if (training != null && base.probes().containsKey(training.curve())) {
      for (Trace run : runs.subList(0, 1 + NoiseModel.RUNS)) {
        curves.add(doubles(Objects.requireNonNull(run.probes().get(training.curve()))));
      }
    }
    return new InstanceNoise(bounds, truth, curves);
  }

  private static boolean isPerRow(Instance instance, String probe) {
    return instance.question().probe(probe).map(Case.Probe::perRow).orElse(false);
  }

  /** The runs in which the probe has the same shape: noise may add a column to a grid. */
  private static List<HostTensor> like(HostTensor base, String name, List<Trace> runs) {
    List<HostTensor> tensors = new ArrayList<>();
    for (Trace run : runs) {
      HostTensor tensor = run.probes().get(name);
      if (tensor != null && tensor.shape().equals(base.shape())) {
        tensors.add(tensor);
      }
    }
    return tensors;
  }

  Optional<ProbeNoise> bounds(String probe) {
    return Optional.ofNullable(bounds.get(probe));
  }

  void write(Path file) throws IOException {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    bounds.forEach(
        (name, noise) -> {
          tensors.put(TIGHT + name, vector(noise.tight()));
          tensors.put(REACH + name, vector(noise.reach()));
          for (int k = 0; k < noise.outcomes().size(); k++) {
            tensors.put(OUTCOME + k + ":" + name, noise.outcomes().get(k));
          }
        });
    truth.forEach((name, tensor) -> tensors.put(TRUTH + name, tensor));
    for (int i = 0; i < curves.size(); i++) {
      tensors.put(CURVE + i, vector(curves.get(i)));
    }
    Safetensors.write(file, tensors);
  }

  static InstanceNoise read(Path file) throws IOException {
    Map<String, HostTensor> tensors = Safetensors.read(file);
    Map<String, ProbeNoise> bounds = new LinkedHashMap<>();
    Map<String, HostTensor> truth = new LinkedHashMap<>();
    List<double[]> curves = new ArrayList<>();
    for (String name : tensors.keySet()) {
      HostTensor tensor = Objects.requireNonNull(tensors.get(name));
      if (name.startsWith(TIGHT)) {
        String probe = name.substring(TIGHT.length());
        HostTensor reach = Objects.requireNonNull(tensors.get(REACH + probe));
        List<HostTensor> outcomes = new ArrayList<>();
        for (int k = 0; tensors.containsKey(OUTCOME + k + ":" + probe); k++) {
          outcomes.add(Objects.requireNonNull(tensors.get(OUTCOME + k + ":" + probe)));
        }
        bounds.put(probe, new ProbeNoise(doubles(tensor), doubles(reach), outcomes));
      } else if (name.startsWith(TRUTH)) {
        truth.put(name.substring(TRUTH.length()), tensor);
      }
    }
    for (int i = 0; tensors.containsKey(CURVE + i); i++) {
      curves.add(doubles(Objects.requireNonNull(tensors.get(CURVE + i))));
    }
    return new InstanceNoise(bounds, truth, curves);
  }

  private static HostTensor vector(double[] values) {
    return HostTensor.ofDoubles(List.of((long) values.length), values);
  }

  static double[] doubles(HostTensor tensor) {
    double[] values = new double[tensor.numel()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.getDouble(i);
    }
    return values;
  }
}
