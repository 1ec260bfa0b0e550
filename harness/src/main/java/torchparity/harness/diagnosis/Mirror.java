package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import torchparity.cases.OpRecord;

/**
 * The other way round: operations of the candidate that are left out of it, to see whether it then
 * gives the reference. That finds what is there too much where the two programs have little else in
 * common.
 */
final class Mirror {
  private static final int FRONT = 8;
  private static final int MOST_DETACHED = 8;

  private Mirror() {}

  /** Suspicions whose edits are of the candidate's log. */
  static List<Suspicion> about(Divergence d) {
    OpGraph c = d.candidate();
    Set<OpGraph.Site> sites = new LinkedHashSet<>();
    IntStream.concat(
            IntStream.range(0, c.size())
                .filter(n -> c.record(n).op().equals("detach"))
                .limit(MOST_DETACHED),
            d.actual().stream().mapToInt(n -> n).filter(n -> !c.isInPlace(n)).limit(FRONT))
        .mapToObj(c::site)
        .forEach(sites::add);
    List<Suspicion> suspicions = new ArrayList<>();
    for (OpGraph.Site site : sites) {
      Set<Integer> lines = c.linesAt(site);
      int first = lines.iterator().next();
      for (int input = 0; input < c.record(first).inputs().size(); input++) {
        if (isLike(c, first, input)) {
          suspicions.add(
              new Suspicion(
                  Naming.putIn(d, List.of(first)),
                  "`%s` is called, without which it would give the reference's numbers"
                      .formatted(site.op()),
                  List.of(new Edit.Bypass(lines, input)),
                  OptionalInt.of(first)));
        }
      }
    }
    return suspicions;
  }

  /** True if an argument could stand for the result. */
  private static boolean isLike(OpGraph c, int n, int input) {
    OpRecord r = c.record(n);
    OptionalInt source = r.source(input);
    return source.isPresent()
        && r.shape() != null
        && r.shape().equals(c.record(source.getAsInt()).shape());
  }
}
