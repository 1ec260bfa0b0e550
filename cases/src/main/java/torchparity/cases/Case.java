package torchparity.cases;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question put to every port: a scenario with parameters, seeds and dtypes, and what is
 * expected at each probe.
 *
 * @param name unique among the cases, and the name of its file
 * @param title what is computed, in one line
 * @param scenario the name under which ports know the computation
 * @param parameters the scenario's parameters, a JSON object
 * @param seeds one run for each
 * @param dtypes PyTorch names of the default dtypes, one run for each
 * @param probes what a trace must hold, in this order
 */
public record Case(
    String name,
    String title,
    String scenario,
    ObjectNode parameters,
    List<Long> seeds,
    List<String> dtypes,
    List<Probe> probes) {
  public Case {
    parameters = parameters.deepCopy();
    seeds = List.copyOf(seeds);
    dtypes = List.copyOf(dtypes);
    probes = List.copyOf(probes);
  }

  /** This case with other seeds. */
  public Case withSeeds(List<Long> others) {
    return new Case(name, title, scenario, parameters, others, dtypes, probes);
  }

  /** This case with other dtypes. */
  public Case withDtypes(List<String> others) {
    return new Case(name, title, scenario, parameters, seeds, others, probes);
  }

  /** This case with another value for a parameter, if it has that parameter. */
  public Case withParameter(String parameter, JsonNode value) {
    if (!parameters.has(parameter)) {
      return this;
    }
    ObjectNode changed = parameters.deepCopy();
    changed.set(parameter, value);
    return new Case(name, title, scenario, changed, seeds, dtypes, probes);
  }

  /**
   * This case with another number of training steps, if it trains. Parameters whose names end in
   * {@code _every} count epochs, and are at most as many.
   */
  public Case withEpochs(int epochs) {
    if (!parameters.has("epochs")) {
      return this;
    }
    Case changed = withParameter("epochs", IntNode.valueOf(epochs));
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      if (parameter.getKey().endsWith("_every")) {
        int every = Math.min(parameter.getValue().asInt(), epochs);
        changed = changed.withParameter(parameter.getKey(), IntNode.valueOf(every));
      }
    }
    return changed;
  }

  /** What is expected at {@code probe}, or empty if the case does not know it. */
  public Optional<Probe> probe(String probe) {
    return probes.stream().filter(p -> p.name.equals(probe)).findFirst();
  }

  /**
   * What is expected at one probe.
   *
   * @param shape sizes: a number, the name of a parameter, or {@code *} for any size
   * @param dtype PyTorch's name, or null for the run's own dtype
   * @param falls whether the values must be finite and end below where they began
   * @param allowed how far a port may be from the reference, by the run's dtype; exact if absent
   */
  public record Probe(
      String name,
      List<String> shape,
      @Nullable String dtype,
      boolean falls,
      Map<String, Allowance> allowed) {
    public Probe {
      shape = List.copyOf(shape);
      allowed = Map.copyOf(allowed);
    }

    /** Reads absent fields as their defaults, and sizes as text. */
    @JsonCreator
    static Probe of(
        @JsonProperty("name") String name,
        @JsonProperty("shape") List<String> shape,
        @JsonProperty(value = "dtype", required = false) @Nullable String dtype,
        @JsonProperty(value = "falls", required = false) @Nullable Boolean falls,
        @JsonProperty(value = "allowed", required = false)
            @Nullable Map<String, Allowance> allowed) {
      return new Probe(
          name,
          shape,
          dtype,
          Boolean.TRUE.equals(falls),
          allowed == null ? Map.of() : new LinkedHashMap<>(allowed));
    }
  }

  /**
   * {@code |actual - expected| <= atol + rtol * |expected|}, and where the numbers come from.
   *
   * @param reason the measurement behind the numbers
   */
  public record Allowance(double rtol, double atol, String reason) {}
}
