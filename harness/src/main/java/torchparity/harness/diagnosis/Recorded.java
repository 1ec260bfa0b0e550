package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import torchparity.cases.OpRecord;

/**
 * What is recorded is something else than what the computation goes on with: the last operations
 * before a probe are the candidate's own, which has the right tensor, too. All probes that differ
 * are taken together, as one slip in a loop over names makes them.
 */
final class Recorded implements Hypothesis {
  private static final int LONGEST = 40;

  @Override
  public List<Suspicion> about(Divergence d) {
    List<Edit> edits = new ArrayList<>();
    List<Integer> first = List.of();
    String name = "";
    for (Map.Entry<String, Integer> probe : d.candidate().probes().entrySet()) {
      int c = probe.getValue();
      OptionalInt here = record(d.reference(), probe.getKey());
      if (here.isEmpty() || !d.actual().contains(c) || !hasExpected(d, probe.getKey())) {
        continue;
      }
      List<Integer> chain = chain(d, c, here.getAsInt());
      Optional<List<Edit.Step>> steps =
          chain.isEmpty() || chain.size() > LONGEST
              ? Optional.empty()
              : Translation.at(d, here.getAsInt()).steps(chain);
      if (steps.isEmpty()) {
        return List.of();
      }
      edits.add(new Edit.Before(Set.of(here.getAsInt()), 0, steps.get()));
      name = first.isEmpty() ? probe.getKey() : name;
      first = first.isEmpty() ? chain : first;
    }
    return edits.isEmpty() ? List.of() : List.of(suspicion(d, name, first, edits));
  }

  /** True if the candidate has what the reference records, and records something else. */
  private static boolean hasExpected(Divergence d, String probe) {
    OpGraph g = d.reference();
    int n = g.probes().getOrDefault(probe, 0);
    boolean ofNumbers = Outside.isStack(g, n);
    return (ofNumbers ? g.record(n).sources() : IntStream.of(n))
        .allMatch(i -> g.value(i).filter(d.candidate()::has).isPresent());
  }

  /** The line that records the probe; where its place is not known, the one whose result it is. */
  static int line(OpGraph g, String probe) {
    OptionalInt recording = record(g, probe);
    boolean known = recording.isPresent() && g.record(recording.getAsInt()).line() != null;
    return known ? recording.getAsInt() : g.probes().getOrDefault(probe, 0);
  }

  /** The line that records the probe. */
  static OptionalInt record(OpGraph g, String probe) {
    return IntStream.range(0, g.size())
        .filter(n -> g.record(n).op().equals(OpRecord.PROBE))
        .filter(n -> new TextNode(probe).equals(g.record(n).attributes().get("name")))
        .findFirst();
  }

  /**
   * The lines that line {@code c} is computed from and that the reference does not have before its
   * line {@code here}, in order.
   */
  private static List<Integer> chain(Divergence d, int c, int here) {
    TreeSet<Integer> lines = new TreeSet<>();
    TreeSet<Integer> open = new TreeSet<>(Set.of(c));
    while (!open.isEmpty()) {
      int n = open.pollLast();
      boolean own =
          !d.isLiteral(d.candidate(), n)
              && (d.actual().contains(n)
                  || d.candidate()
                      .value(n)
                      .filter(value -> d.reference().lastLineBefore(here, value).isEmpty())
                      .isPresent());
      if (own && lines.add(n)) {
        d.candidate().record(n).sources().forEach(open::add);
      }
    }
    return List.copyOf(lines);
  }

  private static Suspicion suspicion(
      Divergence d, String name, List<Integer> chain, List<Edit> edits) {
    int c = chain.get(chain.size() - 1);
    OpRecord last = d.candidate().record(c);
    Cause own = Naming.putIn(d, chain);
    Cause cause = own == Cause.CAST ? own : Cause.WRONG_PROBE;
    boolean numbers = Outside.isStack(d.candidate(), c);
    String claim =
        numbers
            ? "`%s` is made of other results than the reference's".formatted(name)
            : "`%s` is recorded after `%s`, which the reference does not do to it"
                .formatted(name, last.op());
    int line = numbers ? c : chain.get(0);
    return new Suspicion(cause, claim, edits, OptionalInt.of(line));
  }
}
