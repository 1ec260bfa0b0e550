package torchparity.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a port computed for one case instance: named tensors in the order in which they were probed,
 * and where they come from. {@link TraceWriter} says how it lies on disk.
 *
 * @param instance id of the case instance
 * @param probes the tensors by probe name, in the order of the probes
 * @param provenance versions, CPU capability, threads, hash of the port's files
 */
public record Trace(
    String instance, Map<String, HostTensor> probes, Map<String, String> provenance) {
  static final String FORMAT = "torch-parity-trace/1";
  static final String PROBES = "probes.jsonl";
  static final String TRACE = "trace.json";

  private static final long MOST_SUMMARY_BYTES = 1 << 20;
  private static final long MOST_INDEX_BYTES = 16 << 20;

  public Trace {
    probes = Collections.unmodifiableMap(new LinkedHashMap<>(probes));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  record Summary(String format, String instance, Map<String, String> provenance) {
    Summary {
      provenance.forEach(
          (name, value) -> {
            if (value == null) {
              throw new IllegalArgumentException("'provenance.%s' is null".formatted(name));
            }
          });
    }

    static Summary read(Path folder) throws IOException {
      Path file = folder.resolve(TRACE);
      RegularFile.check(file, MOST_SUMMARY_BYTES);
      return ContractJson.read(file, Summary.class);
    }
  }

  record ProbeLine(String probe) {
    ProbeLine {
      if (probe == null) {
        throw new IllegalArgumentException("'probe' is missing");
      }
    }
  }

  static String tensorFile(String probe) {
    return probe + ".safetensors";
  }

  /** True if {@code folder} holds a trace that its port finished. */
  public static boolean isComplete(Path folder) {
    return Files.isRegularFile(folder.resolve(TRACE));
  }

  /** True if {@code folder} holds a trace that its port began and did not finish. */
  public static boolean isUnfinished(Path folder) {
    return Files.isRegularFile(folder.resolve(PROBES)) && !isComplete(folder);
  }

  /**
   * Reads the finished trace in {@code folder}.
   *
   * @throws MalformedFileException if a file breaks its format, index and tensors disagree, or the
   *     texts are longer than 1 MiB (trace.json) or 16 MiB (probes.jsonl)
   * @throws IOException if a file cannot be read
   */
  public static Trace read(Path folder) throws IOException {
    Path summaryFile = folder.resolve(TRACE);
    Summary summary = Summary.read(folder);
    if (!summary.format.equals(FORMAT)) {
      throw new MalformedFileException(
          summaryFile, "format is '%s', expected '%s'".formatted(summary.format, FORMAT));
    }
    return new Trace(summary.instance, readProbes(folder), summary.provenance);
  }

  /**
   * The tensor files of the finished trace in {@code folder}, by probe, in order; none is read.
   *
   * @throws MalformedFileException as {@link #read}
   */
  public static Map<String, Path> files(Path folder) throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String name : names(folder.resolve(PROBES))) {
      files.put(name, folder.resolve(tensorFile(name)));
    }
    return files;
  }

  /** The provenance of the finished trace in {@code folder}. */
  public static Map<String, String> provenance(Path folder) throws IOException {
    return Summary.read(folder).provenance;
  }

  /**
   * The tensors recorded so far, in order; a port that failed leaves those before its failure.
   *
   * @throws MalformedFileException as {@link #read}
   */
  public static Map<String, HostTensor> readProbes(Path folder) throws IOException {
    Path index = folder.resolve(PROBES);
    Map<String, HostTensor> probes = new LinkedHashMap<>();
    for (String name : Files.exists(index) ? names(index) : List.<String>of()) {
      Path file = folder.resolve(tensorFile(name));
      if (!Files.exists(file)) {
        throw new MalformedFileException(index, "probe '%s' has no file".formatted(name));
      }
      HostTensor tensor = Safetensors.read(file).get(name);
      if (tensor == null) {
        throw new MalformedFileException(file, "holds no tensor '%s'".formatted(name));
      }
      probes.put(name, tensor);
    }
    return probes;
  }

  /** The names in the index: all of them can be files' names, and none stands twice. */
  private static Set<String> names(Path index) throws IOException {
    RegularFile.check(index, MOST_INDEX_BYTES);
    Set<String> names = new LinkedHashSet<>();
    for (ProbeLine line : ContractJson.readLines(index, ProbeLine.class)) {
      if (!TraceWriter.isProbeName(line.probe)) {
        throw new MalformedFileException(
            index, "'%s' is not a probe name (%s)".formatted(line.probe, TraceWriter.NAME_RULE));
      }
      if (!names.add(line.probe)) {
        throw new MalformedFileException(index, "probe '%s' stands twice".formatted(line.probe));
      }
    }
    return names;
  }

  /**
   * Bytes that reading the trace in {@code folder} takes at most, apart from its texts.
   *
   * @throws MalformedFileException as {@link #read}
   */
  public static long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : files(folder).values()) {
      bytes += Files.exists(file) ? Files.size(file) : 0;
    }
    return bytes;
  }

  /** Writes this trace into {@code folder}. */
  public void write(Path folder) throws IOException {
    TraceWriter writer = new TraceWriter(folder, instance);
    for (Map.Entry<String, HostTensor> probe : probes.entrySet()) {
      writer.probe(probe.getKey(), probe.getValue());
    }
    writer.finish(provenance);
  }
}
