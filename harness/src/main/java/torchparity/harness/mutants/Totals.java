package torchparity.harness.mutants;

import java.util.List;
import java.util.function.Predicate;

/**
 * Counts over some mutants.
 *
 * @param detected of the bugs, those that the run saw
 * @param crashed of these, those whose port ended with an error
 * @param op of the bugs, those whose first operation was named
 * @param wronglyConfirmed diagnoses that were sure and wrong
 * @param flagged harmless rewrites that were taken for bugs
 */
record Totals(
    long bugs,
    long detected,
    long crashed,
    long op,
    long line,
    long cause,
    long confirmed,
    long wronglyConfirmed,
    long harmless,
    long flagged) {

  static Totals of(List<Score> all) {
    List<Score> bugs = all.stream().filter(s -> s.mutant().isBug()).toList();
    List<Score> harmless = all.stream().filter(s -> !s.mutant().isBug()).toList();
    return new Totals(
        bugs.size(),
        count(bugs, Score::detected),
        count(bugs, s -> s.observation().seen() == Observation.Seen.CRASH),
        answers(bugs, Score.Answer::op),
        answers(bugs, Score.Answer::line),
        answers(bugs, Score.Answer::cause),
        answers(bugs, a -> a.confirmed() && a.cause()),
        answers(all, Score.Answer::confirmedWrongly),
        harmless.size(),
        count(harmless, Score::detected));
  }

  private static long count(List<Score> scores, Predicate<Score> counted) {
    return scores.stream().filter(counted).count();
  }

  private static long answers(List<Score> scores, Predicate<Score.Answer> counted) {
    return scores.stream().flatMap(s -> s.answer().stream()).filter(counted).count();
  }
}
