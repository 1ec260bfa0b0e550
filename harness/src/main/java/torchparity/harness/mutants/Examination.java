package torchparity.harness.mutants;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import torchparity.harness.mutants.Laboratory.PairScore;

/**
 * The scores of a catalogue.
 *
 * @param scores in the order of the catalogue
 * @param seconds from the first start to the last end
 */
public record Examination(List<Score> scores, List<PairScore> pairs, double seconds) {
  public Examination {
    scores = List.copyOf(scores);
    pairs = List.copyOf(pairs);
  }

  /**
   * Examines every mutant and pair whose id or family contains {@code filter}.
   *
   * @param jobs how many at a time; each is a run of two ports
   * @param progress hears each id when it is done; it may be called from several threads
   * @throws torchparity.cases.MalformedFileException if a mutant does not fit the sources
   * @throws torchparity.harness.ParityException if a run could not be carried out
   */
  public static Examination of(
      Catalogue catalogue,
      String filter,
      Laboratory laboratory,
      int jobs,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    ExecutorService executor = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<Score>> scores = new ArrayList<>();
      for (Catalogue.Family family : catalogue.families()) {
        for (Mutant mutant : family.mutants()) {
          if (family.family().contains(filter) || mutant.id().contains(filter)) {
            Callable<Score> work = () -> laboratory.examine(family.family(), mutant);
            scores.add(executor.submit(told(work, mutant.id(), progress)));
          }
        }
      }
      List<Future<PairScore>> pairs = new ArrayList<>();
      for (MutantPair pair : catalogue.pairs()) {
        if (pair.id().contains(filter) || filter.equals("pairs")) {
          Callable<PairScore> work = () -> laboratory.examine(pair, catalogue.of(pair));
          pairs.add(executor.submit(told(work, pair.id(), progress)));
        }
      }
      return new Examination(all(scores), all(pairs), (System.nanoTime() - start) / 1e9);
    } finally {
      executor.shutdownNow();
    }
  }

  /** True if every mutant came out as expected and no diagnosis was sure and wrong. */
  public boolean isClean() {
    return scores.stream().allMatch(Score::asExpected)
        && scores.stream()
            .flatMap(s -> s.answer().stream())
            .noneMatch(Score.Answer::confirmedWrongly)
        && pairs.stream().allMatch(p -> p.observation().seen() != Observation.Seen.MATCH);
  }

  private static <T> Callable<T> told(Callable<T> work, String id, Consumer<String> progress) {
    return () -> {
      T result = work.call();
      progress.accept(id);
      return result;
    };
  }

  private static <T> List<T> all(List<Future<T>> futures) throws IOException, InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException io) {
          throw new IOException(io);
        }
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    return results;
  }
}
