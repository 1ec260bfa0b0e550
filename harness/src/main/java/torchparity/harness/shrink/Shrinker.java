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
import java.util.function.Function;
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
    Case smallest = failing.question();
    Round round = round(smallest, Sizes::below, failing);
    Place place = round.places.get(smallest);
    if (place == null || !place.verdict().fails()) {
      return Optional.empty();
    }
    progress.accept("fails at " + place);
    boolean isFine = false;
    while (true) {
      Case smaller = together(smallest, round, place, failing);
      if (smaller.equals(smallest) && isFine) {
        return Optional.of(new Shrunk(place, with(failing, smallest, ""), starts));
      }
      isFine = smaller.equals(smallest);
      smallest = smaller;
      Map<String, Integer> passing = isFine ? round.greatestPassing(smallest, place) : Map.of();
      round =
          isFine
              ? round(smallest, v -> List.of(), passing, failing)
              : round(smallest, Sizes::below, failing);
    }
  }

  /** Variants of one question, each with one parameter changed, and where they fail. */
  private record Round(Map<String, List<Integer>> values, Map<Case, Place> places) {
    /** The smallest value of a parameter that fails alike. */
    OptionalInt least(Case question, String name, Place place) {
      return values.getOrDefault(name, List.of()).stream()
          .mapToInt(v -> v)
          .filter(v -> place.equals(places.get(changed(question, name, v))))
          .min();
    }

    /** For each parameter the greatest value that does not fail alike. */
    Map<String, Integer> greatestPassing(Case question, Place place) {
      Map<String, Integer> passing = new LinkedHashMap<>();
      values.forEach(
          (name, all) ->
              all.stream()
                  .filter(v -> !place.equals(places.get(changed(question, name, v))))
                  .max(Integer::compare)
                  .ifPresent(v -> passing.put(name, v)));
      return passing;
    }
  }

  private Round round(Case question, Function<Integer, List<Integer>> rough, Instance failing)
      throws IOException, InterruptedException {
    return round(question, rough, Map.of(), failing);
  }

  /** One start: every parameter's rough values, or those between what passes and what fails. */
  private Round round(
      Case question,
      Function<Integer, List<Integer>> rough,
      Map<String, Integer> passing,
      Instance failing)
      throws IOException, InterruptedException {
    Map<String, List<Integer>> values = new LinkedHashMap<>();
    List<Case> variants = new ArrayList<>(List.of(question));
    for (String name : Sizes.of(question)) {
      int value = question.parameters().path(name).asInt();
      List<Integer> tried =
          passing.containsKey(name) ? Sizes.between(passing.get(name), value) : rough.apply(value);
      values.put(name, tried);
      tried.forEach(v -> variants.add(changed(question, name, v)));
    }
    return new Round(
        values, variants.size() == 1 && starts > 0 ? Map.of() : places(variants, failing));
  }

  /**
   * All parameters at their smallest at once, or only the first of them if that fails otherwise.
   */
  private Case together(Case question, Round round, Place place, Instance failing)
      throws IOException, InterruptedException {
    Map<String, Integer> least = new LinkedHashMap<>();
    for (String name : round.values.keySet()) {
      round.least(question, name, place).ifPresent(v -> least.put(name, v));
    }
    if (least.isEmpty()) {
      return question;
    }
    Case all = question;
    for (Map.Entry<String, Integer> size : least.entrySet()) {
      all = changed(all, size.getKey(), size.getValue());
    }
    boolean alike = least.size() == 1 || place.equals(places(List.of(all), failing).get(all));
    Map.Entry<String, Integer> first = least.entrySet().iterator().next();
    least.forEach(
        (name, value) -> {
          if (alike || name.equals(first.getKey())) {
            int before = question.parameters().path(name).asInt();
            progress.accept("%s: %d -> %d".formatted(name, before, value));
          }
        });
    return alike ? all : changed(question, first.getKey(), first.getValue());
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
    Allowances allowances = noise.of(instances, out.resolve("allowance-runs"), (port, event) -> {});
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
