package torchparity.harness.diagnosis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import torchparity.cases.HostTensor;
import torchparity.cases.OpLog;
import torchparity.cases.OpRecord;
import torchparity.cases.Safetensors;
import torchparity.cases.Trace;

/**
 * An op log as a graph: which result was computed from which, and which of them matter. A result is
 * known by its dtype, shape and digest, so that equal values of two logs can be found whatever way
 * led to them.
 */
final class OpGraph {
  /** Larger probes are not looked at here: comparison maps files, a diagnosis reads them. */
  private static final long MOST_BYTES = 64L << 20;

  /** What {@code grad} answers with before there is a gradient. */
  private static final Value NONE = new Value("none", List.of(), "");

  private final OpLog log;
  private final List<OpRecord> records;
  private final Owners owners;
  private final List<Optional<Value>> values = new ArrayList<>();
  private final Map<Value, Integer> last = new HashMap<>();
  private final List<Site> sites = new ArrayList<>();
  private final Map<String, Integer> probes = new LinkedHashMap<>();

  /** A result: what it is, not where it came from. */
  record Value(String dtype, List<Long> shape, String digest) {}

  /**
   * A place in a program that calls an operation.
   *
   * @param ordinal which call of that operation it is on its line, from 0
   */
  record Site(String place, String op, int ordinal) {}

  OpGraph(OpLog log) {
    this.log = log;
    this.records = Outside.asStacks(log);
    this.owners = new Owners(records);
    Map<Site, Integer> onLine = new HashMap<>();
    String place = "";
    for (int n = 0; n < size(); n++) {
      OpRecord record = record(n);
      Optional<Value> value = value(record);
      values.add(value);
      int line = n;
      value.ifPresent(v -> last.put(v, line));
      if (!record.place().equals(place)) {
        place = record.place();
        onLine.clear();
      }
      Site anyOrdinal = new Site(place, record.op(), 0);
      sites.add(new Site(place, record.op(), onLine.merge(anyOrdinal, 1, Integer::sum) - 1));
      if (record.op().equals(OpRecord.PROBE) && record.attributes().containsKey("name")) {
        probes.put(record.attributes().get("name").asText(), record.source(0).orElse(n));
      }
    }
  }

  private static Optional<Value> value(OpRecord record) {
    if (record.op().equals("grad") && !record.hasResult() && record.error() == null) {
      return Optional.of(NONE);
    }
    return record.hasResult()
        ? Optional.of(
            new Value(
                Objects.requireNonNull(record.dtype()),
                Objects.requireNonNull(record.shape()),
                Objects.requireNonNull(record.digest())))
        : Optional.empty();
  }

  OpLog log() {
    return log;
  }

  int size() {
    return records.size();
  }

  OpRecord record(int n) {
    return records.get(n);
  }

  Optional<Value> value(int n) {
    return values.get(n);
  }

  /** The result of line {@code n}, if it is small enough to be in the log. */
  Optional<HostTensor> tensor(int n) {
    try {
      return log.value(n);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was recorded under a name, from the log or, if it is large, from the trace beside it. */
  Optional<HostTensor> recorded(String probe) {
    Optional<HostTensor> logged = Optional.ofNullable(probes().get(probe)).flatMap(this::tensor);
    try {
      Path folder = log.folder();
      Optional<Path> file =
          logged.isEmpty() && Trace.isComplete(folder)
              ? Optional.ofNullable(Trace.files(folder).get(probe))
              : Optional.empty();
      return file.isEmpty() || Files.size(file.get()) > MOST_BYTES
          ? logged
          : Safetensors.read(file.get()).values().stream().findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Site site(int n) {
    return sites.get(n);
  }

  /** True if some line calls this operation. */
  boolean calls(String op) {
    return count(op) > 0;
  }

  /** How many lines call this operation. */
  long count(String op) {
    return records.stream().filter(record -> record.op().equals(op)).count();
  }

  /** True if some line has this result. */
  boolean has(Value value) {
    return last.containsKey(value);
  }

  /** The lines that one place in the program accounts for, such as one a time through a loop. */
  Set<Integer> linesAt(Site site) {
    return IntStream.range(0, size())
        .filter(n -> sites.get(n).equals(site))
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The lines of the same operation that the same line of the program accounts for. */
  Set<Integer> linesOnLine(int n) {
    Site site = sites.get(n);
    return IntStream.range(0, size())
        .filter(i -> sites.get(i).op().equals(site.op()))
        .filter(i -> sites.get(i).place().equals(site.place()))
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those of {@link #linesAt} that belong to the same parameter as line {@code n}. */
  Set<Integer> linesOfOwner(int n) {
    int owner = owner(n);
    return linesAt(site(n)).stream()
        .filter(line -> owner(line) == owner)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** True for a parameter, whatever was done to it in place: a leaf that wants a gradient. */
  boolean isParameter(int n) {
    return record(root(n)).leaf();
  }

  /** The parameter that an update, or the gradient in it, belongs to; the line itself elsewhere. */
  int owner(int n) {
    return owners.owner(n);
  }

  /** The last line before {@code n} with this result. */
  OptionalInt lastLineBefore(int n, Value value) {
    Integer latest = last.get(value);
    if (latest == null || latest < n) {
      return latest == null ? OptionalInt.empty() : OptionalInt.of(latest);
    }
    return IntStream.iterate(n - 1, i -> i >= 0, i -> i - 1)
        .filter(i -> values.get(i).equals(Optional.of(value)))
        .findFirst();
  }

  /** Lines that use the result of line {@code n}. */
  IntStream consumers(int n) {
    return IntStream.range(n + 1, size()).filter(i -> record(i).sources().anyMatch(s -> s == n));
  }

  /** The line that made the tensor which line {@code n} holds, before operations in place. */
  int root(int n) {
    return owners.root(n);
  }

  boolean isInPlace(int n) {
    return Owners.isInPlace(record(n));
  }

  boolean failed(int n) {
    return record(n).error() != null;
  }

  /** True if the program ended because an operation failed. */
  boolean endsInFailure() {
    return size() > 0 && failed(size() - 1);
  }

  /** The probes, by name: the line whose result was recorded. */
  Map<String, Integer> probes() {
    return probes;
  }

  /** What line {@code n} is computed from; a gradient from what was done to it before, too. */
  IntStream dependencies(int n) {
    IntStream explicit = record(n).sources();
    if (!record(n).op().equals("grad")) {
      return explicit;
    }
    int parameter = root(record(n).source(0).orElse(n));
    return IntStream.concat(
        explicit,
        IntStream.range(0, n)
            .filter(i -> record(i).op().equals("backward") || changesGradOf(parameter, i)));
  }

  private boolean changesGradOf(int parameter, int n) {
    if (!isInPlace(n)) {
      return false;
    }
    int target = root(n);
    return record(target).op().equals("grad")
        && record(target).source(0).isPresent()
        && root(record(target).source(0).getAsInt()) == parameter;
  }
}
