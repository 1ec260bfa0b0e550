package torchparity.harness.mutants;

import java.util.List;

/**
 * What is made and run as one port: a mutant, or two at once.
 *
 * @param family the mutant's, or {@code pairs}
 */
record Specimen(String id, String family, List<Mutant> mutants, Mutant.Question question) {
  Specimen {
    mutants = List.copyOf(mutants);
  }

  static Specimen of(String family, Mutant mutant) {
    return new Specimen(mutant.id(), family, List.of(mutant), mutant.question());
  }

  static Specimen of(MutantPair pair, List<Mutant> mutants) {
    return new Specimen(pair.id(), "pairs", mutants, pair.question());
  }

  Target target() {
    return mutants.get(0).port();
  }

  /** The name under which the port runs. */
  String candidate() {
    return target() == Target.JVM ? "jvm" : id;
  }

  /** True if both can be candidates of one run. */
  boolean runsWith(Specimen other) {
    return target() == other.target() && target() != Target.JVM && question.equals(other.question);
  }
}
