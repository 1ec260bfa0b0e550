package torchparity.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes a trace while its port computes, so that what was recorded before a crash is not lost.
 *
 * <p>On disk a trace is a folder: {@code NAME.safetensors} for each probe, with one tensor of that
 * name; {@code probes.jsonl}, a line for each probe in order, written after the tensor; and {@code
 * trace.json} with the provenance, written last: a folder without it was never finished.
 */
public final class TraceWriter {
  static final String NAME_RULE = "letters, digits, '.', '_' and '-', not starting with '.'";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

  private final Path folder;
  private final String instance;
  private final Set<String> names = new HashSet<>();

  /** Makes {@code folder}, which must not hold a trace yet. */
  public TraceWriter(Path folder, String instance) throws IOException {
    Files.createDirectories(folder);
    if (Files.exists(folder.resolve(Trace.PROBES))) {
      throw new IllegalArgumentException(folder + " holds a trace already");
    }
    this.folder = folder;
    this.instance = instance;
  }

  /** True if {@code name} can name a probe, and so a file. */
  public static boolean isProbeName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Records {@code tensor} under {@code name}.
   *
   * @throws IllegalArgumentException if the name breaks the rule or was used before
   */
  public void probe(String name, HostTensor tensor) throws IOException {
    if (!isProbeName(name)) {
      throw new IllegalArgumentException(
          "'%s' is not a probe name (%s)".formatted(name, NAME_RULE));
    }
    if (!names.add(name)) {
      throw new IllegalArgumentException("probe '" + name + "' was recorded twice");
    }
    Safetensors.write(folder.resolve(Trace.tensorFile(name)), Map.of(name, tensor));
    ContractJson.appendLine(folder.resolve(Trace.PROBES), new Trace.ProbeLine(name));
  }

  /** Says that the trace is whole. */
  public void finish(Map<String, String> provenance) throws IOException {
    ContractJson.write(
        folder.resolve(Trace.TRACE), new Trace.Summary(Trace.FORMAT, instance, provenance));
  }
}
