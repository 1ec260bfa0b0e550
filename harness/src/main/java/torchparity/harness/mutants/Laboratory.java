package torchparity.harness.mutants;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes mutants, runs them and scores what the run said. */
public final class Laboratory {
  private final Path root;
  private final Path out;
  private final boolean explain;

  /**
   * A laboratory.
   *
   * @param root the project
   * @param out folder for each mutant's sources, below {@code ports}, and for the runs
   * @param explain whether runs look for causes, which takes most of the time
   */
  public Laboratory(Path root, Path out, boolean explain) {
    this.root = root;
    this.out = out;
    this.explain = explain;
  }

  /**
   * A pair's score.
   *
   * @param found for each of the two mutants whether a mistake that the run tells is it
   */
  record PairScore(Specimen pair, Observation observation, List<Boolean> found) {
    PairScore {
      found = List.copyOf(found);
    }
  }

  /** A specimen's sources, and what a run said about them. */
  record Finding(Specimen specimen, MutatedPort port, Observation observation) {
    Score score() {
      Mutant mutant = specimen.mutants().get(0);
      return Score.of(specimen.family(), mutant, lines(mutant, port), observation);
    }

    PairScore pairScore() {
      return new PairScore(
          specimen,
          observation,
          specimen.mutants().stream().map(m -> isTold(m, port, observation)).toList());
    }
  }

  /** Runs specimens that {@linkplain Specimen#runsWith run with} each other. */
  List<Finding> examine(List<Specimen> specimens) throws IOException, InterruptedException {
    List<MutatedPort> ports = new ArrayList<>();
    List<Path> programs = new ArrayList<>();
    for (Specimen specimen : specimens) {
      MutatedPort port = MutatedPort.of(root, specimen.target());
      specimen.mutants().forEach(port::apply);
      ports.add(port);
      programs.add(port.write(out.resolve("ports").resolve(specimen.id())));
    }
    Path folder = out.resolve("run-of-" + specimens.get(0).id());
    List<Observation> seen = RunProcess.run(specimens, programs, explain, folder);
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < specimens.size(); i++) {
      findings.add(new Finding(specimens.get(i), ports.get(i), seen.get(i)));
    }
    return findings;
  }

  private static boolean isTold(Mutant mutant, MutatedPort port, Observation seen) {
    Map<String, Set<Integer>> lines = lines(mutant, port);
    return seen.mistakes().stream().anyMatch(told -> Score.answer(mutant, lines, told).right());
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
