package torchparity.harness.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.hipparchus.stat.descriptive.StreamingStatistics;
import org.hipparchus.stat.inference.TTest;
import torchparity.harness.run.Tier;

/**
 * What one candidate's loss does over several seeds of a case. Seeds are independent, so that their
 * mean differences can be tested: Student's t with one degree of freedom less than seeds. Source:
 * NIST/SEMATECH e-Handbook of Statistical Methods, 7.2.2.
 *
 * @param start as {@link torchparity.harness.run.Instance#start}
 * @param seeds how many seeds were compared
 * @param lower in how many of them the candidate's loss is lower on average
 * @param higher in how many it is higher; where the curves are the same it is neither
 * @param mean over the seeds, of the mean relative difference of the losses
 * @param least the same of the seed where it is least, its sign included
 * @param greatest of the seed where it is greatest
 * @param p two-sided p-value of that mean being zero
 * @param roots the first probes that differ, over all seeds
 */
public record AcrossSeeds(
    String caseName,
    String start,
    String dtype,
    Pair pair,
    int seeds,
    int lower,
    int higher,
    double mean,
    double least,
    double greatest,
    double p,
    List<String> roots) {
  private static final int FEWEST_SEEDS = 3;
  private static final double SIGNIFICANT = 1e-3;

  public AcrossSeeds {
    roots = List.copyOf(roots);
  }

  /** How the loss lies, over all seeds. */
  public enum Side {
    ALWAYS_LOWER,
    ALWAYS_HIGHER,
    /** Lower on average, but not with every seed; so is {@link #HIGHER}. */
    LOWER,
    HIGHER,
    NEITHER
  }

  /** Which side the candidate is on. */
  public Side side() {
    if (lower == seeds) {
      return Side.ALWAYS_LOWER;
    } else if (higher == seeds) {
      return Side.ALWAYS_HIGHER;
    } else if (!(p < SIGNIFICANT)) {
      return Side.NEITHER;
    }
    return mean < 0 ? Side.LOWER : Side.HIGHER;
  }

  /** Every case that trains and fails in three seeds or more, for each pair. */
  public static List<AcrossSeeds> of(JudgedRun run) {
    Map<List<Object>, List<Judgement>> groups = new LinkedHashMap<>();
    for (Judgement j : run.judgements()) {
      boolean counts =
          j.verdict() == Verdict.MISMATCH
              && j.evidence().curve().isPresent()
              && j.instance().tier() != Tier.EXACT;
      if (counts) {
        groups
            .computeIfAbsent(
                List.of(
                    j.instance().question().name(),
                    j.instance().start(),
                    j.instance().dtype(),
                    j.pair()),
                key -> new ArrayList<>())
            .add(j);
      }
    }
    return groups.values().stream()
        .filter(group -> group.size() >= FEWEST_SEEDS)
        .map(AcrossSeeds::of)
        .toList();
  }

  private static AcrossSeeds of(List<Judgement> seeds) {
    double[] means =
        seeds.stream()
            .mapToDouble(j -> j.evidence().curve().orElseThrow().bias().meanRelative())
            .toArray();
    StreamingStatistics all = new StreamingStatistics();
    int lower = 0;
    int higher = 0;
    for (double mean : means) {
      all.addValue(mean);
      lower += mean < 0 ? 1 : 0;
      higher += mean > 0 ? 1 : 0;
    }
    TreeSet<String> roots = new TreeSet<>();
    seeds.forEach(j -> j.root().ifPresent(root -> roots.add(root.probe())));
    Judgement one = seeds.get(0);
    return new AcrossSeeds(
        one.instance().question().name(),
        one.instance().start(),
        one.instance().dtype().torchName(),
        one.pair(),
        means.length,
        lower,
        higher,
        all.getMean(),
        all.getMin(),
        all.getMax(),
        new TTest().tTest(0, means),
        List.copyOf(roots));
  }
}
