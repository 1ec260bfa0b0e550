package torchparity.harness.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import torchparity.cases.HostTensor;
import torchparity.cases.Safetensors;
import torchparity.cases.Safetensors.Mapped;
import torchparity.cases.Trace;

/** Compares traces and tensor files on disk, mapped, without a process. */
public final class SavedTraces {
  private static final long MOST_FOR_A_PATTERN = 10_000_000;
  private static final String ITSELF = ".";

  private SavedTraces() {}

  /** What was found in one pair of traces or files. */
  public record Found(String name, List<ProbeFinding> findings) {
    public Found {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Compares two tensor files, two traces, or every trace below two folders by their relative
   * paths; a trace that one side alone has is a missing or an unexpected one, and one that its port
   * did not finish differs from any.
   *
   * @param allowance what is allowed at every probe
   */
  public static List<Found> compare(Path reference, Path candidate, Allowance allowance)
      throws IOException {
    if (Files.isRegularFile(reference) && Files.isRegularFile(candidate)) {
      return List.of(
          new Found(
              String.valueOf(candidate.getFileName()),
              findings(Safetensors.map(reference), Safetensors.map(candidate), allowance)));
    }
    Folder expected = new Folder(traces(reference), unfinished(reference));
    Folder actual = new Folder(traces(candidate), unfinished(candidate));
    Set<String> names = new LinkedHashSet<>(expected.finished.keySet());
    names.addAll(expected.unfinished.keySet());
    names.addAll(actual.finished.keySet());
    names.addAll(actual.unfinished.keySet());
    List<Found> found = new ArrayList<>();
    for (String name : names) {
      found.add(new Found(name, findings(name, expected, actual, allowance)));
    }
    return found;
  }

  /** The traces below a folder, by their relative paths. */
  private record Folder(Map<String, Path> finished, Map<String, Path> unfinished) {}

  private static List<ProbeFinding> findings(
      String name, Folder expected, Folder actual, Allowance allowance) throws IOException {
    List<ProbeFinding> cut = new ArrayList<>();
    if (expected.unfinished.containsKey(name)) {
      cut.add(new ProbeFinding.Missing("the end of the reference's trace, its trace.json"));
    }
    if (actual.unfinished.containsKey(name)) {
      cut.add(new ProbeFinding.Missing("the end of the candidate's trace, its trace.json"));
    }
    if (!cut.isEmpty()) {
      return cut;
    }
    Path e = expected.finished.get(name);
    Path a = actual.finished.get(name);
    if (e == null || a == null) {
      return List.of(
          a == null ? new ProbeFinding.Missing(name) : new ProbeFinding.Unexpected(name));
    }
    return findings(tensors(e), tensors(a), allowance);
  }

  /**
   * Finished traces below {@code folder}, by their relative path; {@code .} for itself. Links to
   * folders are not followed.
   */
  public static Map<String, Path> traces(Path folder) throws IOException {
    return Trace.isComplete(folder) ? Map.of(ITSELF, folder) : below(folder, Trace::isComplete);
  }

  /** Traces below {@code folder} that their ports began and did not finish, likewise. */
  public static Map<String, Path> unfinished(Path folder) throws IOException {
    return Trace.isComplete(folder) ? Map.of() : below(folder, Trace::isUnfinished);
  }

  private static Map<String, Path> below(Path folder, Predicate<Path> is) throws IOException {
    Map<String, Path> traces = new LinkedHashMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path trace :
          all.filter(f -> Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS))
              .filter(is)
              .sorted()
              .toList()) {
        traces.put(trace.equals(folder) ? ITSELF : folder.relativize(trace).toString(), trace);
      }
    }
    return traces;
  }

  private static Map<String, Mapped> tensors(Path trace) throws IOException {
    Map<String, Mapped> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Path> file : Trace.files(trace).entrySet()) {
      Mapped tensor = Safetensors.map(file.getValue()).get(file.getKey());
      if (tensor != null) {
        tensors.put(file.getKey(), tensor);
      }
    }
    return tensors;
  }

  private static List<ProbeFinding> findings(
      Map<String, Mapped> expected, Map<String, Mapped> actual, Allowance allowance) {
    List<ProbeFinding> findings = new ArrayList<>();
    for (String name : expected.keySet()) {
      Mapped e = Objects.requireNonNull(expected.get(name));
      Mapped a = actual.get(name);
      findings.add(a == null ? new ProbeFinding.Missing(name) : finding(name, e, a, allowance));
    }
    actual.keySet().stream()
        .filter(name -> !expected.containsKey(name))
        .forEach(name -> findings.add(new ProbeFinding.Unexpected(name)));
    return findings;
  }

  private static ProbeFinding finding(String name, Mapped e, Mapped a, Allowance allowance) {
    if (e.dtype() != a.dtype()) {
      return new ProbeFinding.DtypeMismatch(name, e.dtype(), a.dtype());
    }
    if (!e.shape().equals(a.shape())) {
      return new ProbeFinding.ShapeMismatch(name, e.shape(), a.shape());
    }
    if (e.bytes().remaining() / e.dtype().bytes() <= MOST_FOR_A_PATTERN) {
      return TensorComparison.compare(name, host(e), host(a), allowance);
    }
    Difference difference =
        TensorComparison.difference(e.dtype(), e.shape(), e.bytes(), a.bytes(), allowance);
    return difference.statistics().mismatched() == 0
        ? new ProbeFinding.Match(name, difference)
        : new ProbeFinding.ValueMismatch(
            name, difference, new RowPattern(-1, -1, 0, e.shape().get(0), List.of()));
  }

  private static HostTensor host(Mapped tensor) {
    return HostTensor.copyOf(tensor.dtype(), tensor.shape(), tensor.bytes());
  }
}
