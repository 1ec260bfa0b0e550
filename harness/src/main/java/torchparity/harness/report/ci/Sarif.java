package torchparity.harness.report.ci;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import torchparity.harness.diagnosis.Cause;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.report.Failing;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultDocument.Explanation;

/**
 * The failures of a run as SARIF 2.1.0, each on the line of the port that its diagnosis blames, so
 * that code hosts show it there. A failure without such a line stands on the port's program.
 *
 * <p>Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
 */
public final class Sarif {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();
  private static final String UNEXPLAINED = "divergence";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");
  private static final String AS_THEY_ARE =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

  private final ResultDocument run;

  public Sarif(ResultDocument run) {
    this.run = run;
  }

  private record Log(@JsonProperty("$schema") String schema, String version, List<Run> runs) {}

  private record Run(Tool tool, List<Result> results, String columnKind) {}

  private record Tool(Driver driver) {}

  private record Driver(String name, List<Rule> rules) {}

  private record Rule(String id, Text shortDescription) {}

  private record Text(String text) {}

  private record Result(
      String ruleId,
      String level,
      Text message,
      List<Location> locations,
      Map<String, String> partialFingerprints) {}

  private record Location(Physical physicalLocation) {}

  private record Physical(Artifact artifactLocation, @Nullable Region region) {}

  private record Artifact(String uri, String uriBaseId) {}

  private record Region(int startLine) {}

  /** The document. */
  public String render() {
    ShortStory story = new ShortStory(run);
    List<Result> results = new ArrayList<>();
    Map<String, Rule> rules = new TreeMap<>();
    for (Failing f : Failing.of(run)) {
      Optional<Explanation> why = f.why(run);
      String id = why.map(Explanation::cause).orElse(UNEXPLAINED);
      rules.put(id, new Rule(id, text(Cause.ofId(id).map(Cause::text).orElse("a port differs"))));
      results.add(
          new Result(
              id,
              "error",
              text(story.text(f.first())),
              location(f, why).map(List::of).orElse(List.of()),
              Map.of("failure/v1", f.first().pair() + " " + id + " " + f.first().root())));
    }
    Driver driver = new Driver("Torch Parity", List.copyOf(rules.values()));
    Log log =
        new Log(
            "https://json.schemastore.org/sarif-2.1.0.json",
            "2.1.0",
            List.of(new Run(new Tool(driver), results, "utf16CodeUnits")));
    try {
      return JSON.writeValueAsString(log) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of plain values can always be written", e);
    }
  }

  private Optional<Location> location(Failing f, Optional<Explanation> why) {
    boolean rounding = why.map(d -> d.status() == Diagnosis.Status.ROUNDING).orElse(false);
    Optional<Place> place = rounding ? Optional.empty() : why.flatMap(d -> Place.of(run, d));
    Optional<Location> blamed =
        place.flatMap(p -> uri(p.path()).map(uri -> location(uri, new Region(p.line()))));
    if (blamed.isPresent()) {
      return blamed;
    }
    // The program is the last word of a port's command that is a path in the project.
    return run.port(f.first().candidate()).command().stream()
        .filter(word -> word.contains("/"))
        .filter(word -> !word.contains("node_modules/") && !word.contains(".venv/"))
        .flatMap(word -> uri(word).stream())
        .reduce((first, last) -> last)
        .map(program -> location(program, null));
  }

  private static Location location(String uri, @Nullable Region region) {
    return new Location(new Physical(new Artifact(uri, "%SRCROOT%"), region));
  }

  /** A message in which nothing is a placeholder (3.11.5) or a link (3.11.6). */
  private static Text text(String text) {
    return new Text(
        text.replaceAll("[\\\\\\[\\]]", "\\\\$0").replace("{", "{{").replace("}", "}}"));
  }

  /** A path in the project as a relative reference (RFC 3986); empty for any other. */
  private static Optional<String> uri(String path) {
    boolean inside =
        !path.startsWith("/")
            && !SCHEME.matcher(path).lookingAt()
            && !List.of(path.split("[/\\\\]", -1)).contains("..");
    if (!inside) {
      return Optional.empty();
    }
    StringBuilder uri = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      if (AS_THEY_ARE.indexOf(b) >= 0) {
        uri.append((char) b);
      } else {
        uri.append("%%%02X".formatted(b));
      }
    }
    return Optional.of(uri.toString());
  }
}
