package torchparity.harness.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Case;
import torchparity.harness.comparison.RowPattern;
import torchparity.harness.comparison.Statistics;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.run.Provenance;
import torchparity.harness.verdict.CurveVerdict;
import torchparity.harness.verdict.Evidence;
import torchparity.harness.verdict.Verdict;

/**
 * What a run found, as {@link ResultFile} keeps it: every report is made from this and the traces
 * beside it. {@code result.schema.json} describes it.
 *
 * @param times everything that a clock said; nothing else in here depends on one
 * @param cases what was asked
 * @param unmet what traces lack of what their case expects
 * @param together what stages show by themselves, and several seeds together
 * @param knownDifferences known differences that did not occur, and expired ones
 */
public record ResultDocument(
    String format,
    boolean parity,
    int exitCode,
    long compared,
    String reference,
    List<CaseEntry> cases,
    List<PortEntry> ports,
    List<Comparison> comparisons,
    List<Expectation> unmet,
    List<String> together,
    List<String> knownDifferences,
    List<Explanation> diagnoses,
    Times times) {
  /** The version of the format; it counts up when a reader of the last one would be misled. */
  public static final String FORMAT = "torch-parity-result/2";

  public ResultDocument {
    cases = List.copyOf(cases);
    ports = List.copyOf(ports);
    comparisons = List.copyOf(comparisons);
    unmet = List.copyOf(unmet);
    together = List.copyOf(together);
    knownDifferences = List.copyOf(knownDifferences);
    diagnoses = List.copyOf(diagnoses);
  }

  /**
   * When and how long.
   *
   * @param started such as {@code 2026-11-25T02:08:47Z}
   * @param ports seconds of each port
   * @param all seconds from the start to the end of the diagnosis
   */
  public record Times(
      String started, Map<String, Double> ports, double allowances, double diagnosis, double all) {
    public Times {
      ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    }
  }

  /** A case, as far as a report shows it. */
  public record CaseEntry(
      String name, String title, Case.@Nullable Training training, List<Case.Plot> plots) {
    public CaseEntry {
      plots = List.copyOf(plots);
    }
  }

  /**
   * A port.
   *
   * @param command program and arguments, from the project's folder if they lie in there
   * @param environment variables that were set for it
   * @param log its output, from the run's folder
   * @param failed whether it crashed, ran out of time, or an instance failed
   * @param problem how it ended badly after its last instance
   * @param provenance as far as it is shown ({@link Provenance})
   * @param sources those of its files that diagnoses name
   */
  public record PortEntry(
      String name,
      String engine,
      List<String> command,
      Map<String, String> environment,
      String log,
      boolean failed,
      @Nullable String problem,
      Map<String, String> provenance,
      List<SourceFile> sources) {
    public PortEntry {
      command = List.copyOf(command);
      environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
      provenance = Provenance.shown(provenance);
      sources = List.copyOf(sources);
    }
  }

  /**
   * A source file of a port.
   *
   * @param file as op logs name it
   * @param path from the project's folder
   * @param lines the text of the lines that diagnoses name, by number
   */
  public record SourceFile(String file, String path, Map<Integer, String> lines) {
    public SourceFile {
      lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    }
  }

  /**
   * One instance of one pair of ports.
   *
   * @param start {@code own}, {@code steps} for single steps from states of the reference, or
   *     {@code isolated} for a stage that starts from the reference's tensors
   * @param again the command that repeats it
   */
  public record Comparison(
      String instance,
      String caseName,
      long seed,
      String dtype,
      String tier,
      String start,
      String reference,
      String candidate,
      boolean exact,
      Verdict verdict,
      @Nullable String reason,
      @Nullable String root,
      List<Probe> probes,
      @Nullable String curve,
      @Nullable Curve curveVerdict,
      String liveness,
      Map<String, Evidence.Errors> errors,
      List<String> environment,
      List<String> notes,
      String again) {
    public Comparison {
      probes = List.copyOf(probes);
      errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
      environment = List.copyOf(environment);
      notes = List.copyOf(notes);
    }

    /** True if it does single steps from states of the reference. */
    public boolean steps() {
      return start.equals("steps");
    }

    /** True if it starts from tensors of the reference. */
    public boolean derived() {
      return !start.equals("own");
    }

    /** The case's name and what is particular about the start. */
    public String title() {
      return title(caseName, start);
    }

    static String title(String caseName, String start) {
      return switch (start) {
        case "steps" -> caseName + ", single steps";
        case "isolated" -> caseName + ", by itself";
        default -> caseName;
      };
    }

    /** Such as {@code nu / python}. */
    public String pair() {
      return candidate + " / " + reference;
    }

    /** Greatest share of an allowance that a probe takes; infinite where nothing was measured. */
    public double used() {
      return probes.stream().mapToDouble(Probe::used).max().orElse(0);
    }

    /** The same of the probes that match outright. */
    public double usedByMatches() {
      return probes.stream()
          .filter(p -> p.finding().equals("Match"))
          .mapToDouble(Probe::used)
          .max()
          .orElse(0);
    }

    /** True if every element of every probe is the same. */
    public boolean identical() {
      return !probes.isEmpty() && probes.stream().allMatch(Probe::identical);
    }
  }

  /**
   * What was found at one probe.
   *
   * @param finding its kind, such as {@code ValueMismatch}
   * @param text the same in a sentence
   */
  public record Probe(
      String probe,
      String finding,
      boolean matches,
      String text,
      @Nullable Measured difference,
      @Nullable RowPattern rows) {
    /** Greatest share of its allowance that an element takes. */
    public double used() {
      return difference != null ? difference.used() : matches ? 0 : Double.POSITIVE_INFINITY;
    }

    /** True if somebody set what is allowed. */
    public boolean isByHand() {
      return difference != null && difference.allowance().equals(Measured.BY_HAND);
    }

    /** True if no bit differs. */
    public boolean identical() {
      return difference != null && difference.statistics().maxUlp() == 0 && matches;
    }
  }

  /**
   * A difference.
   *
   * @param seen at the element that takes the greatest share of its allowance
   * @param allowance {@code exact}, {@code computed} or {@code set by hand}
   */
  public record Measured(
      Statistics statistics,
      List<Long> maxAbsoluteIndex,
      List<Long> worstIndex,
      double seen,
      String allowance,
      double allowed,
      double used) {
    static final String BY_HAND = "set by hand";
  }

  /** What two loss curves show; {@code from} and {@code p} where the kind has them. */
  public record Curve(
      String kind,
      boolean matches,
      int horizon,
      CurveVerdict.Bias bias,
      @Nullable Integer from,
      @Nullable Double p) {}

  /** What a trace lacks. */
  public record Expectation(String instance, String port, String probe, String problem) {}

  /**
   * A diagnosis.
   *
   * @param first the first mistake: what the reference does, and the candidate's line to look at
   */
  public record Explanation(
      String instance,
      String reference,
      String candidate,
      Diagnosis.Status status,
      @Nullable String cause,
      @Nullable First first,
      String story,
      List<Diagnosis.Finding> findings,
      String note) {
    public Explanation {
      findings = List.copyOf(findings);
    }

    /** Such as {@code nu / python}. */
    public String pair() {
      return candidate + " / " + reference;
    }
  }

  /** Two operations. */
  public record First(Diagnosis.@Nullable Call reference, Diagnosis.@Nullable Call candidate) {}

  /** The port called {@code name}. */
  public PortEntry port(String name) {
    return ports.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  /** The case called {@code name}. */
  public CaseEntry caseOf(String name) {
    return cases.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }
}
