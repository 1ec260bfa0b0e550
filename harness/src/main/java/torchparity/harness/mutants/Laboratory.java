package torchparity.harness.mutants;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes mutants, runs them and scores what the run said. */
public final class Laboratory {
  private final Path root;
  private final Path out;

  /**
   * A laboratory.
   *
   * @param root the project
   * @param out folder for each mutant's sources and run, in a folder of its name
   */
  public Laboratory(Path root, Path out) {
    this.root = root;
    this.out = out;
  }

  /**
   * A pair's score.
   *
   * @param found for each of the two mutants whether a diagnosis tells it right
   */
  record PairScore(MutantPair pair, Observation observation, List<Boolean> found) {
    PairScore {
      found = List.copyOf(found);
    }
  }

  Score examine(String family, Mutant mutant) throws IOException, InterruptedException {
    MutatedPort port = MutatedPort.of(root, mutant.port());
    port.apply(mutant);
    Map<String, Set<Integer>> lines = lines(mutant, port);
    Path folder = out.resolve(mutant.id());
    Path program = port.write(folder.resolve("port"));
    return Score.of(
        family, mutant, lines, RunProcess.run(mutant.port(), program, mutant.question(), folder));
  }

  PairScore examine(MutantPair pair, List<Mutant> mutants)
      throws IOException, InterruptedException {
    Target target = mutants.get(0).port();
    MutatedPort port = MutatedPort.of(root, target);
    mutants.forEach(port::apply);
    Path folder = out.resolve(pair.id());
    Path program = port.write(folder.resolve("port"));
    Observation seen = RunProcess.run(target, program, pair.question(), folder);
    List<Boolean> found = mutants.stream().map(mutant -> isTold(mutant, port, seen)).toList();
    return new PairScore(pair, seen, found);
  }

  private static boolean isTold(Mutant mutant, MutatedPort port, Observation seen) {
    Map<String, Set<Integer>> lines = lines(mutant, port);
    return seen.diagnoses().stream().anyMatch(told -> Score.answer(mutant, lines, told).right());
  }

  /** The numbers of the true lines, by file. */
  static Map<String, Set<Integer>> lines(Mutant mutant, MutatedPort port) {
    Map<String, Set<Integer>> lines = new HashMap<>();
    for (Place place : mutant.lines()) {
      String file = mutant.fileOf(place);
      lines.computeIfAbsent(file, f -> new HashSet<>()).add(place.line(port.source(file)));
    }
    return lines;
  }
}
