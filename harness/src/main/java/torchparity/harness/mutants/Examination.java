package torchparity.harness.mutants;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import torchparity.harness.mutants.Laboratory.Finding;
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

  /** Hears after each run what is scored so far, from several threads, one at a time. */
  public interface Progress {
    void scored(Examination soFar) throws IOException;
  }

  /**
   * Examines mutants and pairs.
   *
   * @param filter ids and families, * for anything; everything if it is empty
   * @param batch how many mutants share a run, and so its reference, where they ask the same
   * @param jobs how many runs at a time
   * @throws torchparity.cases.MalformedFileException if a mutant does not fit the sources
   * @throws torchparity.harness.ParityException if a run could not be carried out
   */
  public static Examination of(
      Catalogue catalogue,
      List<String> filter,
      Laboratory laboratory,
      int batch,
      int jobs,
      Progress progress)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<Specimen> specimens = specimens(catalogue, filter);
    Map<String, Finding> findings = new HashMap<>();
    ExecutorService executor = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<Boolean>> runs = new ArrayList<>();
      for (List<Specimen> together : batches(specimens, batch)) {
        runs.add(
            executor.submit(
                () -> {
                  List<Finding> found = laboratory.examine(together);
                  synchronized (findings) {
                    found.forEach(f -> findings.put(f.specimen().id(), f));
                    progress.scored(of(specimens, findings, start));
                  }
                  return true;
                }));
      }
      await(runs);
    } finally {
      executor.shutdownNow();
    }
    return of(specimens, findings, start);
  }

  private static Examination of(
      List<Specimen> specimens, Map<String, Finding> findings, long start) {
    List<Score> scores = new ArrayList<>();
    List<PairScore> pairs = new ArrayList<>();
    for (Specimen specimen : specimens) {
      Finding finding = findings.get(specimen.id());
      if (finding != null && specimen.mutants().size() == 1) {
        scores.add(finding.score());
      } else if (finding != null) {
        pairs.add(finding.pairScore());
      }
    }
    return new Examination(scores, pairs, (System.nanoTime() - start) / 1e9);
  }

  private static List<Specimen> specimens(Catalogue catalogue, List<String> filter) {
    List<Specimen> all = new ArrayList<>();
    for (Catalogue.Family family : catalogue.families()) {
      family.mutants().forEach(mutant -> all.add(Specimen.of(family.family(), mutant)));
    }
    catalogue.pairs().forEach(pair -> all.add(Specimen.of(pair, catalogue.of(pair))));
    return all.stream()
        .filter(s -> filter.isEmpty() || filter.stream().anyMatch(name -> isCalled(s, name)))
        .toList();
  }

  private static boolean isCalled(Specimen specimen, String name) {
    String pattern = Pattern.quote(name).replace("*", "\\E.*\\Q");
    return specimen.family().equals(name) || specimen.id().matches(pattern);
  }

  /** Parts of up to {@code size} that can run together, each in the order of {@code specimens}. */
  static List<List<Specimen>> batches(List<Specimen> specimens, int size) {
    List<List<Specimen>> batches = new ArrayList<>();
    for (Specimen specimen : specimens) {
      batches.stream()
          .filter(b -> b.size() < size && b.get(0).runsWith(specimen))
          .findFirst()
          .ifPresentOrElse(
              b -> b.add(specimen), () -> batches.add(new ArrayList<>(List.of(specimen))));
    }
    return batches;
  }

  /** True if every mutant came out as expected and no diagnosis was sure and wrong. */
  public boolean isClean() {
    return scores.stream().allMatch(Score::asExpected)
        && scores.stream()
            .flatMap(s -> s.answer().stream())
            .noneMatch(Score.Answer::confirmedWrongly)
        && pairs.stream().allMatch(p -> p.observation().seen() != Observation.Seen.MATCH);
  }

  private static void await(List<Future<Boolean>> runs) throws IOException, InterruptedException {
    for (Future<Boolean> run : runs) {
      try {
        run.get();
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
  }
}
