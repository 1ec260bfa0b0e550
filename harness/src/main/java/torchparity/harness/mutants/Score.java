package torchparity.harness.mutants;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import torchparity.harness.mutants.Observation.OpPlace;
import torchparity.harness.mutants.Observation.Told;

/**
 * What was observed, held against the truth.
 *
 * @param family the mutant's
 * @param asExpected whether the run ended as the catalogue says: a mismatch, an error, or nothing
 * @param answer how the first diagnosis compares with the truth; empty if there was none
 */
record Score(
    String family,
    Mutant mutant,
    Observation observation,
    boolean asExpected,
    Optional<Answer> answer) {

  /**
   * One diagnosis against the truth.
   *
   * @param op whether the first operation is right, on either side
   * @param line whether the mutant's line is right
   */
  record Answer(boolean op, boolean line, boolean cause, boolean confirmed) {
    /** The worst that a diagnosis can do: to be sure and wrong. */
    boolean confirmedWrongly() {
      return confirmed && !cause;
    }

    boolean right() {
      return op && line && cause;
    }
  }

  /** Judges one mutant; {@code lines} are its true lines by file. */
  static Score of(
      String family, Mutant mutant, Map<String, Set<Integer>> lines, Observation observation) {
    return new Score(
        family,
        mutant,
        observation,
        observation.seen().is(mutant.expect()),
        observation.diagnoses().stream().findFirst().map(told -> answer(mutant, lines, told)));
  }

  /** True if the run saw that something is wrong: a mismatch or an error. */
  boolean detected() {
    return observation.seen() != Observation.Seen.MATCH;
  }

  static Answer answer(Mutant mutant, Map<String, Set<Integer>> lines, Told told) {
    Set<String> ops = new HashSet<>();
    told.reference().map(OpPlace::op).ifPresent(ops::add);
    told.candidate().map(OpPlace::op).ifPresent(ops::add);
    return new Answer(
        mutant.ops().stream().anyMatch(ops::contains),
        told.candidate().filter(place -> isIn(place, lines)).isPresent(),
        mutant.causes().contains(told.cause()),
        told.confirmed());
  }

  private static boolean isIn(OpPlace place, Map<String, Set<Integer>> lines) {
    Path name = Path.of(place.file()).getFileName();
    return name != null && lines.getOrDefault(name.toString(), Set.of()).contains(place.line());
  }
}
