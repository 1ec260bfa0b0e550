package torchparity.harness.shrink;

import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import torchparity.cases.Case;
import torchparity.harness.allowance.Allowances;
import torchparity.harness.allowance.NoiseRun;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Plan;
import torchparity.harness.run.PortRun;
import torchparity.harness.run.Runner;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.KnownDifferences;

/**
 * Makes the integer parameters of a failing instance smaller while it fails in the same place. It
 * knows no parameter: all of a case's are tried, many values at a time in one start of the ports.
 */
public final class Shrinker {
  private final List<Port> pair;
  private final NoiseRun noise;
  private final Duration timeout;
  private final Path folder;
  private final Consumer<String> progress;
  private int starts;

  /**
   * A shrinker.
   *
   * @param pair the reference and the candidate
   * @param noise source of allowances
   * @param folder for what the ports leave
   * @param progress told what was found
   */
  public Shrinker(
      List<Port> pair, NoiseRun noise, Duration timeout, Path folder, Consumer<String> progress) {
    this.pair = List.copyOf(pair);
    this.noise = noise;
    this.timeout = timeout;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * What was found.
   *
   * @param smallest the same instance with the smallest parameters that fail alike
   * @param starts how often the ports were started
   */
  public record Shrunk(Place place, Instance smallest, int starts) {}

  /** The smallest instance that was found; empty if {@code failing} does not fail. */
  public Optional<Shrunk> shrink(Instance failing) throws IOException, InterruptedException {
    Place place = places(List.of(failing.question()), failing).get(failing.question());
    if (place == null || !place.verdict().fails()) {
      return Optional.empty();
    }
    progress.accept("fails at " + place);
    Case smallest = failing.question();
    boolean isSmaller = true;
    while (isSmaller) {
      Case before = smallest;
      for (String name : Sizes.of(before)) {
        smallest = smaller(smallest, name, place, failing);
      }
      isSmaller = !smallest.equals(before);
    }
    return Optional.of(new Shrunk(place, with(failing, smallest, ""), starts));
  }

  /** The smallest value of one parameter: first roughly, then between the last two. */
  private Case smaller(Case question, String name, Place place, Instance failing)
      throws IOException, InterruptedException {
    int value = question.parameters().path(name).asInt();
    List<Integer> rough = Sizes.below(value);
    OptionalInt found = least(question, name, rough, place, failing);
    int fails = found.orElse(value);
    int passes = rough.stream().filter(v -> v < fails).mapToInt(v -> v).max().orElse(fails - 1);
    int best = least(question, name, Sizes.between(passes, fails), place, failing).orElse(fails);
    if (best < value) {
      progress.accept("%s: %d -> %d".formatted(name, value, best));
    }
    return changed(question, name, best);
  }

  private OptionalInt least(
      Case question, String name, List<Integer> values, Place place, Instance failing)
      throws IOException, InterruptedException {
    List<Case> variants = values.stream().map(v -> changed(question, name, v)).toList();
    Map<Case, Place> places = places(variants, failing);
    for (int i = 0; i < values.size(); i++) {
      if (place.equals(places.get(variants.get(i)))) {
        return OptionalInt.of(values.get(i));
      }
    }
    return OptionalInt.empty();
  }

  private static Case changed(Case question, String name, int value) {
    return name.equals("epochs")
        ? question.withEpochs(value)
        : question.withParameter(name, IntNode.valueOf(value));
  }

  private static Instance with(Instance failing, Case question, String label) {
    Instance.Setting own = failing.setting();
    return new Instance(
        question,
        failing.seed(),
        failing.dtype(),
        failing.products(),
        new Instance.Setting(label, own.inputs(), own.noise(), own.draws()));
  }

  /** Where each variant fails; one whose traces break its case's own expectations is left out. */
  private Map<Case, Place> places(List<Case> variants, Instance failing)
      throws IOException, InterruptedException {
    if (variants.isEmpty()) {
      return Map.of();
    }
    List<Instance> instances = new ArrayList<>();
    for (int i = 0; i < variants.size(); i++) {
      instances.add(with(failing, variants.get(i), "size-" + i));
    }
    Path out = folder.resolve("start-" + ++starts);
    List<PortRun> runs =
        new Runner((port, event) -> {}, Set.of()).run(new Plan(instances, pair, 1, timeout, out));
    Allowances allowances = noise.of(instances, out.resolve("allowance-runs"));
    JudgedRun judged =
        JudgedRun.of(
            instances,
            runs,
            pair.get(0),
            new JudgedRun.Grounds(allowances, Optional.empty(), KnownDifferences.NONE));
    Map<Case, Place> places = new LinkedHashMap<>();
    for (Judgement j : judged.judgements()) {
      if (judged.unmet().stream().noneMatch(u -> u.instance().equals(j.instance()))) {
        places.put(j.instance().question(), Place.of(j));
      }
    }
    return places;
  }
}
