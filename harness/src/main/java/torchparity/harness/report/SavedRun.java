package torchparity.harness.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import torchparity.cases.HostTensor;
import torchparity.cases.MalformedFileException;
import torchparity.cases.Safetensors;
import torchparity.cases.Trace;
import torchparity.cases.WholeFile;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.run.LogTail;
import torchparity.harness.run.TraceRoom;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.Judgement;

/**
 * A run on disk: its document, traces, allowances and logs. Every report is a function of this
 * alone. It may come from a stranger: nothing is read that lies outside of its folder.
 */
public final class SavedRun {
  private static final String ALLOWANCES = "allowances";

  private final Path folder;
  private final ResultDocument document;

  private SavedRun(Path folder, ResultDocument document) {
    this.folder = folder;
    this.document = document;
  }

  /**
   * Opens the run in {@code folder}.
   *
   * @throws ParityException if there is none
   * @throws MalformedFileException if its document is of another version, or broken
   */
  public static SavedRun open(Path folder) throws IOException {
    if (!Files.isRegularFile(folder.resolve(ResultFile.NAME))) {
      throw new ParityException(
          Code.USAGE,
          "%s holds no %s; name the folder of a finished run".formatted(folder, ResultFile.NAME));
    }
    return new SavedRun(folder, ResultFile.read(folder));
  }

  /** Writes {@code document}, and the allowances of {@code run} beside it. */
  public static SavedRun save(Path folder, ResultDocument document, JudgedRun run)
      throws IOException {
    Map<String, Map<String, HostTensor>> allowances = new LinkedHashMap<>();
    for (Judgement j : run.judgements()) {
      for (ProbeFinding f : j.findings()) {
        if (f.measured().map(d -> d.allowance()).orElse(null) instanceof Allowance.Computed c) {
          double[] rows = c.rows();
          allowances
              .computeIfAbsent(j.instance().id(), k -> new LinkedHashMap<>())
              .putIfAbsent(f.probe(), HostTensor.ofDoubles(List.of((long) rows.length), rows));
        }
      }
    }
    Files.createDirectories(folder.resolve(ALLOWANCES));
    for (Map.Entry<String, Map<String, HostTensor>> e : allowances.entrySet()) {
      Safetensors.write(allowances(folder, e.getKey()), e.getValue());
    }
    WholeFile.write(folder.resolve(ResultFile.NAME), ResultFile.text(document));
    return new SavedRun(folder, document);
  }

  private static Path allowances(Path folder, String instance) {
    return folder.resolve(ALLOWANCES).resolve(instance + ".safetensors");
  }

  public ResultDocument document() {
    return document;
  }

  public Path folder() {
    return folder;
  }

  /** What {@code port} recorded of an instance; empty if nothing can be read. */
  public Map<String, HostTensor> probes(String port, Comparison c) {
    Path traces = c.derived() ? folder.resolve("derived") : folder;
    try {
      Optional<Path> trace = inside(traces.resolve(port).resolve(c.instance()));
      // A trace that a run of ours has read fits; a stranger's may not.
      return trace.isPresent() && Trace.bytes(trace.get()) <= TraceRoom.bytes()
          ? Trace.readProbes(trace.get())
          : Map.of();
    } catch (IOException | MalformedFileException e) {
      return Map.of(); // The document says what was found; there is only nothing to draw.
    }
  }

  /** The allowed difference of each row of a probe, or empty if none was computed. */
  public Optional<double[]> allowance(Comparison c, String probe) {
    try {
      Optional<Path> file = inside(allowances(folder, c.instance()));
      HostTensor rows = file.isPresent() ? Safetensors.read(file.get()).get(probe) : null;
      return Optional.ofNullable(rows).map(SavedRun::doubles);
    } catch (IOException | MalformedFileException e) {
      return Optional.empty();
    }
  }

  /** The end of what a port wrote for people. */
  public String logTail(ResultDocument.PortEntry port) {
    try {
      return inside(folder.resolve(port.log())).map(LogTail::text).orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  /** {@code path}, unless it is not there, is a link, or its folder is one that leads elsewhere. */
  private Optional<Path> inside(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(path)) {
      return Optional.empty();
    }
    return path.toRealPath().startsWith(folder.toRealPath()) ? Optional.of(path) : Optional.empty();
  }

  /** The elements of a tensor. */
  public static double[] doubles(HostTensor tensor) {
    double[] values = new double[tensor.numel()];
    Arrays.setAll(values, tensor::getDouble);
    return values;
  }
}
