package torchparity.harness.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.Products;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Tier;

/** The options that say what is run. */
final class InstanceOptions {
  private static final int EXACT_EPOCHS = 100;

  @Option(
      names = "--case",
      split = ",",
      order = 1,
      paramLabel = "NAME",
      description = "Cases to run; all by default.")
  private List<String> caseNames = List.of();

  @Option(
      names = "--seeds",
      order = 2,
      converter = Seeds.Converter.class,
      description = "Seeds such as 42 or 0..9, in place of the cases' own.")
  private @Nullable Seeds seeds;

  @Option(
      names = "--dtype",
      split = ",",
      order = 3,
      paramLabel = "DTYPE",
      description = "float32 or float64; both by default.")
  private List<String> dtypes = List.of();

  @Option(
      names = "--epochs",
      order = 4,
      paramLabel = "N",
      description = "Training steps (default 3000).")
  private @Nullable Integer epochs;

  @Option(
      names = "--set",
      order = 4,
      paramLabel = "NAME=VALUE",
      description = "Another value for a parameter of the cases. Repeatable.")
  private Map<String, String> parameters = Map.of();

  @Option(
      names = "--tier",
      split = ",",
      order = 5,
      paramLabel = "TIER",
      description = "exact, float64 or float32; all by default.")
  private List<Tier> tiers = List.of(Tier.values());

  @Option(
      names = "--exact-epochs",
      order = 6,
      paramLabel = "N",
      description = "Training steps of the exact tier at most (default ${DEFAULT-VALUE}).")
  private int exactEpochs = EXACT_EPOCHS;

  /**
   * What is run, in order.
   *
   * @throws ParityException if an option is wrong, or nothing is left to run
   */
  List<Instance> instances(Workplace place) throws IOException {
    check();
    List<Instance> instances = new ArrayList<>();
    List<Case> cases = Cases.named(place, caseNames);
    for (String name : parameters.keySet()) {
      if (cases.stream().noneMatch(c -> c.parameters().has(name))) {
        throw usage("--set %s: no case of this run has a parameter '%s'".formatted(name, name));
      }
    }
    for (Case shipped : cases) {
      Case chosen = seeds == null ? shipped : shipped.withSeeds(seeds.values());
      chosen = dtypes.isEmpty() ? chosen : chosen.withDtypes(dtypes);
      chosen = epochs == null ? chosen : chosen.withEpochs(epochs);
      chosen = withParameters(chosen);
      for (long seed : chosen.seeds()) {
        for (String name : chosen.dtypes()) {
          add(instances, chosen, seed, dtype(name));
        }
      }
    }
    if (instances.isEmpty()) {
      throw usage("--tier and --dtype leave nothing to run: tier float64 is dtype float64");
    }
    return instances;
  }

  private void check() {
    Options.checkDistinct("--case", caseNames);
    Options.checkDistinct("--dtype", dtypes);
    Options.checkDistinct("--tier", tiers);
    if (epochs != null && epochs < 1) {
      throw usage("--epochs must be 1 or more, got " + epochs);
    }
    if (exactEpochs < 1) {
      throw usage("--exact-epochs must be 1 or more, got " + exactEpochs);
    }
  }

  private Case withParameters(Case question) {
    Case changed = question;
    for (Map.Entry<String, String> p : parameters.entrySet()) {
      changed = changed.withParameter(p.getKey(), value(question, p.getKey(), p.getValue()));
    }
    return changed;
  }

  /** A number as the case has one: an integer of 1 or more, or any finite one. */
  private static JsonNode value(Case question, String name, String text) {
    boolean integer = question.parameters().path(name).isInt();
    if (integer && text.matches("[1-9][0-9]{0,8}")) {
      return IntNode.valueOf(Integer.parseInt(text));
    }
    if (!integer
        && text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")
        && !text.matches(".*[.].*[.].*|[-+]?[.]+")) {
      return DoubleNode.valueOf(Double.parseDouble(text));
    }
    throw usage(
        "--set %s=%s: it must be %s"
            .formatted(name, text, integer ? "an integer of 1 or more" : "a number"));
  }

  private void add(List<Instance> instances, Case chosen, long seed, Dtype dtype) {
    Instance rounding = new Instance(chosen, seed, dtype, Products.BLAS);
    if (tiers.contains(rounding.tier())) {
      instances.add(rounding);
    }
    if (tiers.contains(Tier.EXACT)) {
      instances.add(new Instance(shortened(chosen), seed, dtype, Products.EXACT));
    }
  }

  /** The case with as many epochs as the exact tier runs: bits differ early, or not at all. */
  private Case shortened(Case question) {
    int asked = question.parameters().path("epochs").asInt();
    return question.withEpochs(Math.min(asked, exactEpochs));
  }

  private static Dtype dtype(String name) {
    return Dtype.ofTorchName(name)
        .filter(Dtype::isFloatingPoint)
        .orElseThrow(() -> usage("--dtype must be float32 or float64, got '%s'".formatted(name)));
  }

  private static ParityException usage(String message) {
    return new ParityException(Code.USAGE, message);
  }

  /** The options that a line needs which repeats one instance: those that name none. */
  List<String> again() {
    List<String> options = new ArrayList<>();
    if (epochs != null) {
      options.add("--epochs " + epochs);
    }
    parameters.forEach((n, v) -> options.add("--set " + Options.quoted(n + "=" + v)));
    if (exactEpochs != EXACT_EPOCHS) {
      options.add("--exact-epochs " + exactEpochs);
    }
    return options;
  }
}
