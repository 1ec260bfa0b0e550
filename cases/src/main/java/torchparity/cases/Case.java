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
 * @param inputs probes whose tensors a job may give, so that a port need not draw or compute them
 * @param training where to look for what training did, or null if nothing is trained
 * @param plots what a report draws, in this order; absent means none
 */
public record Case(
    String name,
    String title,
    String scenario,
    ObjectNode parameters,
    List<Long> seeds,
    List<String> dtypes,
    List<Probe> probes,
    List<String> inputs,
    @Nullable Training training,
    List<Plot> plots) {
  public Case {
    inputs = inputs == null ? List.of() : List.copyOf(inputs);
    parameters = parameters.deepCopy();
    seeds = List.copyOf(seeds);
    dtypes = List.copyOf(dtypes);
    probes = List.copyOf(probes);
    plots = plots == null ? List.of() : List.copyOf(plots);
  }

  /** This case with other seeds. */
  public Case withSeeds(List<Long> others) {
    return new Case(
        name, title, scenario, parameters, others, dtypes, probes, inputs, training, plots);
  }

  /** This case with other dtypes. */
  public Case withDtypes(List<String> others) {
    return new Case(
        name, title, scenario, parameters, seeds, others, probes, inputs, training, plots);
  }

  /** This case with another value for a parameter, if it has that parameter. */
  public Case withParameter(String parameter, JsonNode value) {
    if (!parameters.has(parameter)) {
      return this;
    }
    ObjectNode changed = parameters.deepCopy();
    changed.set(parameter, value);
    return new Case(name, title, scenario, changed, seeds, dtypes, probes, inputs, training, plots);
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
        double share = (double) epochs / Math.max(1, parameters.get("epochs").asInt());
        long scaled = Math.round(parameter.getValue().asInt() * share);
        int every = (int) Math.max(1, Math.min(epochs, scaled));
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
   * @param perRow whether each row is allowed for by itself: an epoch, or a state
   * @param argmaxOf the probe whose greatest element along the last dimension this one names; where
   *     its two greatest are as near as rounding can bring them, the choice is free
   * @param allowed how far a port may be from the reference, by the run's dtype, set by hand; what
   *     rounding explains if absent
   */
  public record Probe(
      String name,
      List<String> shape,
      @Nullable String dtype,
      boolean perRow,
      @Nullable String argmaxOf,
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
        @JsonProperty(value = "per_row", required = false) @Nullable Boolean perRow,
        @JsonProperty(value = "argmax_of", required = false) @Nullable String argmaxOf,
        @JsonProperty(value = "allowed", required = false)
            @Nullable Map<String, Allowance> allowed) {
      return new Probe(
          name,
          shape,
          dtype,
          Boolean.TRUE.equals(perRow),
          argmaxOf,
          allowed == null ? Map.of() : new LinkedHashMap<>(allowed));
    }
  }

  /**
   * Where a trace shows what training did; null is what it does not show.
   *
   * @param curve probe of the loss of every epoch
   * @param states prefix of the probes of the parameters along the way, {@code train} for {@code
   *     train.w1}
   * @param steps scenario that does one step from each of these states
   * @param gradients prefix of the gradients of the first step
   * @param classes probe of the classes that the trained network gives the data
   * @param labels probe of the right ones
   */
  public record Training(
      String curve,
      @Nullable String states,
      @Nullable String steps,
      @Nullable String gradients,
      @Nullable String classes,
      @Nullable String labels) {
    /** Whether {@code probe} holds a parameter's states along the way. */
    public boolean isState(String probe) {
      return states != null && probe.startsWith(states + ".") && !probe.equals(curve);
    }
  }

  /**
   * Something that a report draws.
   *
   * @param kind what kind of picture it is
   * @param probes what is drawn, in the order that the kind asks for
   */
  public record Plot(Kind kind, List<String> probes) {
    public Plot {
      probes = List.copyOf(probes);
    }

    /** The kinds of pictures, and which probes each takes. */
    public enum Kind {
      /** Points (N, 2) and their labels (N). */
      @JsonProperty("points")
      POINTS,
      /** Values of all epochs (E). */
      @JsonProperty("curve")
      CURVE,
      /** Axes (W) and (H), classes (H, W), then points (N, 2) and their labels (N). */
      @JsonProperty("regions")
      REGIONS,
      /** Tensors whose differences are drawn element by element. */
      @JsonProperty("differences")
      DIFFERENCES
    }
  }

  /**
   * {@code |actual - expected| <= atol + rtol * |expected|}, and where the numbers come from.
   *
   * @param reason the measurement behind the numbers
   */
  public record Allowance(double rtol, double atol, String reason) {}
}
