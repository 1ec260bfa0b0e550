package torchparity.harness.verdict;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Case;
import torchparity.cases.MalformedFileException;
import torchparity.cases.YamlLines;
import torchparity.cases.YamlText;
import torchparity.harness.comparison.ProbeFinding;

/**
 * Differences that somebody knows of: each with a reason and a day after which it counts again.
 *
 * @param entries as the file lists them
 * @param ports the names that entries can have
 */
public record KnownDifferences(List<Entry> entries, List<String> ports) {
  public static final KnownDifferences NONE = new KnownDifferences(List.of(), List.of());

  public KnownDifferences {
    entries = List.copyOf(entries);
    ports = List.copyOf(ports);
  }

  /**
   * What entries can be about.
   *
   * @param cases names of the project's cases
   * @param ports names of its ports, and of those that run beside them
   */
  public record Scope(List<String> cases, List<String> ports) {
    public Scope {
      cases = List.copyOf(cases);
      ports = List.copyOf(ports);
    }
  }

  /**
   * One known difference.
   *
   * @param caseName the case
   * @param port the candidate
   * @param probe the first probe that differs, or the curve's if that differs as a whole
   * @param dtype PyTorch's name, or null for all
   * @param seed the seed, or null for all
   * @param reason why it differs
   * @param expires last day on which it is known
   */
  public record Entry(
      @JsonProperty("case") String caseName,
      String port,
      String probe,
      @Nullable String dtype,
      @Nullable Long seed,
      String reason,
      String expires) {
    /**
     * Checks that nothing needed is missing.
     *
     * @throws IllegalArgumentException if something is
     */
    public Entry {
      if (caseName == null || port == null || probe == null || reason == null || expires == null) {
        throw new IllegalArgumentException(
            "a known difference needs case, port, probe, reason and expires");
      }
      try {
        LocalDate.parse(expires);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "expires must be a date such as 2027-01-31, got '" + expires + "'", e);
      }
    }

    boolean isOver(LocalDate today) {
      return today.isAfter(LocalDate.parse(expires));
    }

    boolean asks(Judgement j) {
      return j.instance().question().name().equals(caseName)
          && j.pair().candidate().name().equals(port)
          && (dtype == null || j.instance().dtype().torchName().equals(dtype))
          && (seed == null || j.instance().seed() == seed);
    }

    String title() {
      return "%s of %s at %s".formatted(caseName, port, probe);
    }
  }

  private record Document(@JsonProperty("known") @Nullable List<@Nullable Entry> known) {}

  /** What is left to say after they were applied. */
  public record Applied(List<Judgement> judgements, List<String> unused) {
    public Applied {
      judgements = List.copyOf(judgements);
      unused = List.copyOf(unused);
    }
  }

  /**
   * Reads the file; none where there is no file.
   *
   * @throws MalformedFileException if it is not as described, or names a case that is not there
   */
  public static KnownDifferences read(Path file, Scope scope) throws IOException {
    if (!Files.exists(file)) {
      return NONE;
    }
    String text = YamlText.read(file);
    try {
      Document document = YAMLMapper.builder().build().readValue(text, Document.class);
      List<@Nullable Entry> known =
          document == null || document.known == null ? List.of() : document.known;
      if (known.stream().anyMatch(Objects::isNull)) {
        throw new MalformedFileException(file, "known: an entry is empty");
      }
      List<Entry> entries = List.copyOf(known);
      for (int i = 0; i < entries.size(); i++) {
        String name = entries.get(i).caseName;
        if (!scope.cases.contains(name)) {
          throw new MalformedFileException(
              file,
              "line %d: there is no case '%s'. There are: %s"
                  .formatted(
                      YamlLines.of(text).at("/known/" + i + "/case"),
                      name,
                      String.join(", ", scope.cases)));
        }
      }
      return new KnownDifferences(entries, scope.ports);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new MalformedFileException(file, "line %d: %s".formatted(line, e.getOriginalMessage()));
    }
  }

  Applied apply(List<Judgement> judgements, LocalDate today) {
    Set<Entry> occurred = new LinkedHashSet<>();
    Set<Entry> looked = new LinkedHashSet<>();
    List<Judgement> applied = new ArrayList<>();
    for (Judgement j : judgements) {
      Judgement result = j;
      for (Entry entry : entries) {
        if (!entry.asks(j) || j.findings().isEmpty()) {
          continue;
        }
        looked.add(entry);
        if (j.verdict() == Verdict.MISMATCH && root(j).equals(entry.probe)) {
          occurred.add(entry);
          if (!entry.isOver(today)) {
            result = j.known(entry.reason);
          }
        }
      }
      applied.add(result);
    }
    List<String> unused = new ArrayList<>();
    for (Entry entry : entries) {
      if (!ports.contains(entry.port)) {
        unused.add("names no port of the project or of this run: " + entry.title());
      }
    }
    for (Entry entry : looked) {
      if (!occurred.contains(entry)) {
        unused.add("no longer occurs: " + entry.title() + " (" + entry.reason + ")");
      } else if (entry.isOver(today)) {
        unused.add("expired on " + Objects.requireNonNull(entry.expires) + ": " + entry.title());
      }
    }
    return new Applied(applied, unused);
  }

  /** The first probe that differs; if none does, that of a curve which differs as a whole. */
  private static String root(Judgement j) {
    Case.Training training = j.instance().question().training();
    boolean curveDiffers = j.evidence().curve().filter(c -> !c.matches()).isPresent();
    return j.root()
        .map(ProbeFinding::probe)
        .orElse(training != null && curveDiffers ? training.curve() : "");
  }
}
