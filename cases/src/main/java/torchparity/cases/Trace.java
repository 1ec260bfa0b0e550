package torchparity.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a port computed for one case instance: named tensors in the order in which they were probed,
 * and where they come from.
 *
 * <p>On disk a trace is a folder with {@code tensors.safetensors} and, written last, {@code
 * index.json}: a folder without an index is a trace that was never finished.
 *
 * @param instance id of the case instance
 * @param probes the tensors by probe name, in the order of the probes
 * @param provenance versions, CPU capability, threads, hash of the port's files
 */
public record Trace(
    String instance, Map<String, HostTensor> probes, Map<String, String> provenance) {
  private static final String FORMAT = "torch-parity-trace/1";
  private static final String INDEX = "index.json";
  private static final String TENSORS = "tensors.safetensors";

  public Trace {
    probes = Collections.unmodifiableMap(new LinkedHashMap<>(probes));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  private record Index(
      String format, String instance, List<String> probes, Map<String, String> provenance) {}

  /** True if {@code folder} holds a trace that its port finished. */
  public static boolean isComplete(Path folder) {
    return Files.isRegularFile(folder.resolve(INDEX));
  }

  /**
   * Reads the trace in {@code folder}.
   *
   * @throws MalformedFileException if a file breaks its format, or index and tensors disagree
   * @throws IOException if a file cannot be read
   */
  public static Trace read(Path folder) throws IOException {
    Path indexFile = folder.resolve(INDEX);
    Index index = ContractJson.read(indexFile, Index.class);
    if (!index.format.equals(FORMAT)) {
      throw new MalformedFileException(
          indexFile, "format is '%s', expected '%s'".formatted(index.format, FORMAT));
    }
    Map<String, HostTensor> tensors = Safetensors.read(folder.resolve(TENSORS));
    Map<String, HostTensor> probes = new LinkedHashMap<>();
    for (String name : index.probes) {
      HostTensor tensor = tensors.get(name);
      if (tensor == null) {
        throw new MalformedFileException(
            indexFile, "probe '%s' is not in %s".formatted(name, TENSORS));
      }
      if (probes.put(name, tensor) != null) {
        throw new MalformedFileException(indexFile, "probe '%s' stands twice".formatted(name));
      }
    }
    if (probes.size() != tensors.size()) {
      throw new MalformedFileException(
          indexFile,
          "lists %d probes, %s holds %d tensors".formatted(probes.size(), TENSORS, tensors.size()));
    }
    return new Trace(index.instance, probes, index.provenance);
  }

  /** Writes this trace into {@code folder}, the index last. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Safetensors.write(folder.resolve(TENSORS), probes);
    ContractJson.write(
        folder.resolve(INDEX),
        new Index(FORMAT, instance, List.copyOf(probes.keySet()), provenance));
  }
}
