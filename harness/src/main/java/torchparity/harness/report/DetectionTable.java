package torchparity.harness.report;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.run.Tier;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Verdict;

/**
 * In how many seeds each candidate was found to differ, by tier. A port that failed was not found:
 * an error that ends its port says nothing about how near numbers are looked at.
 */
final class DetectionTable {
  private final Map<String, Candidate> candidates = new TreeMap<>();

  /** What was seen of one. */
  private static final class Candidate {
    private final Map<Tier, Set<Long>> seeds = new TreeMap<>();
    private final Map<Tier, Set<Long>> found = new TreeMap<>();
    private final Map<Long, String> firstAt = new TreeMap<>();
    private int failed;

    private Set<Long> anySeeds() {
      Set<Long> any = new HashSet<>();
      seeds.values().forEach(any::addAll);
      return any;
    }

    private String in(Tier tier) {
      return "%d of %d"
          .formatted(
              found.getOrDefault(tier, Set.of()).size(), seeds.getOrDefault(tier, Set.of()).size());
    }
  }

  void add(Judgement j) {
    Candidate c = candidates.computeIfAbsent(j.pair().candidate().name(), k -> new Candidate());
    Tier tier = j.instance().tier();
    long seed = j.instance().seed();
    c.seeds.computeIfAbsent(tier, k -> new HashSet<>()).add(seed);
    if (j.verdict() == Verdict.MISMATCH || j.verdict() == Verdict.DEAD) {
      c.found.computeIfAbsent(tier, k -> new HashSet<>()).add(seed);
      c.firstAt.putIfAbsent(seed, j.root().map(ProbeFinding::probe).orElse(j.verdict().name()));
    } else if (j.verdict().fails() || j.verdict() == Verdict.NOT_RUN) {
      c.failed++;
    }
  }

  String text() {
    StringBuilder text =
        new StringBuilder(
            "%n%-24s %10s %10s %10s  first at%n"
                .formatted("candidate", Tier.FLOAT32, Tier.FLOAT64, "either"));
    candidates.forEach(
        (name, c) -> {
          Map<String, Integer> where = new TreeMap<>();
          c.firstAt.values().forEach(probe -> where.merge(probe, 1, Integer::sum));
          text.append(
              "%-24s %10s %10s %10s  %s%s%n"
                  .formatted(
                      name,
                      c.in(Tier.FLOAT32),
                      c.in(Tier.FLOAT64),
                      "%d of %d".formatted(c.firstAt.size(), c.anySeeds().size()),
                      where,
                      c.failed == 0 ? "" : ", not judged: " + c.failed));
        });
    return text.toString();
  }

  /** True if every candidate was found in every seed, and none was not judged. */
  boolean allFound() {
    return candidates.values().stream()
        .allMatch(c -> c.failed == 0 && c.firstAt.size() == c.anySeeds().size());
  }
}
