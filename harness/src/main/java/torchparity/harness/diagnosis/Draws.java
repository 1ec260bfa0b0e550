package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import torchparity.cases.OpRecord;

/** Random numbers that come from another part of the stream. */
final class Draws implements Hypothesis {
  private static final Set<String> DRAWS = Set.of("randn", "rand");

  @Override
  public List<Suspicion> about(Divergence d) {
    List<Suspicion> found = new ArrayList<>();
    if (d.actual().isEmpty() || d.expected().isEmpty()) {
      return found;
    }
    once(d).ifPresent(found::add);
    int c = d.actual().first();
    int r = d.expected().first();
    if (!isDraw(d.candidate(), c) || !isDraw(d.reference(), r)) {
      return found;
    }
    seeded(d, r, c).ifPresent(found::add);
    otherOrder(d).ifPresent(found::add);
    atOnce(d, c).ifPresent(found::add);
    found.addAll(more(d));
    return found;
  }

  /** What the reference draws anew each time is drawn once and used again. */
  private static Optional<Suspicion> once(Divergence d) {
    OpGraph g = d.reference();
    OptionalInt first =
        d.expected().stream().mapToInt(n -> n).filter(n -> isDraw(g, n)).findFirst();
    if (first.isEmpty() || draws(d.candidate()).size() >= draws(g).size()) {
      return Optional.empty();
    }
    List<Integer> places = List.copyOf(g.linesAt(g.site(first.getAsInt())));
    int drawn = places.get(0);
    OptionalInt there =
        g.value(drawn).isEmpty() || drawn == first.getAsInt()
            ? OptionalInt.empty()
            : d.candidate().lastLineBefore(d.candidate().size(), g.value(drawn).get());
    if (there.isEmpty()) {
      return Optional.empty();
    }
    OpRecord clone = OpRecord.of("clone", List.of(), Map.of());
    Edit.Step again = new Edit.Step(clone, List.of(new Operand.Line(drawn)));
    Set<Integer> later = Set.copyOf(places.subList(1, places.size()));
    return Optional.of(
        new Suspicion(
            Cause.RNG_SHIFT,
            "`%s` is called once and its numbers are used again; the reference draws %d times"
                .formatted(g.record(drawn).op(), places.size()),
            List.of(new Edit.Replace(later, List.of(again))),
            there));
  }

  static boolean isDraw(OpGraph g, int n) {
    return DRAWS.contains(g.record(n).op());
  }

  /** The generator is seeded between the candidate's last draw and this one. */
  private static Optional<Suspicion> seeded(Divergence d, int r, int c) {
    OpGraph there = d.candidate();
    int seed = c - 1;
    while (seed >= 0 && !isDraw(there, seed) && !isSeed(there, seed)) {
      seed--;
    }
    if (seed < 0 || !isSeed(there, seed)) {
      return Optional.empty();
    }
    Edit.Step again = new Edit.Step(there.record(seed), List.of());
    Edit.Step draw = new Edit.Step(d.reference().record(r), List.of());
    return Optional.of(
        new Suspicion(
            Cause.RNG_SHIFT,
            "the generator is seeded with %s before `%s`, so that the stream starts anew"
                .formatted(there.record(seed).attributes().get("seed"), there.record(c).op()),
            List.of(new Edit.Replace(Set.of(r), List.of(again, draw))),
            OptionalInt.of(seed)));
  }

  private static boolean isSeed(OpGraph g, int n) {
    return g.record(n).op().equals("manual_seed");
  }

  private static List<Integer> draws(OpGraph g) {
    return IntStream.range(0, g.size()).filter(n -> isDraw(g, n)).boxed().toList();
  }

  private static String key(OpRecord r) {
    return r.op() + r.shape();
  }

  /** The same draws, one by one, in the candidate's order. */
  private static Optional<Suspicion> otherOrder(Divergence d) {
    List<Integer> left = new ArrayList<>(draws(d.reference()));
    List<Integer> order = new ArrayList<>();
    for (int c : draws(d.candidate())) {
      Optional<Integer> match =
          left.stream()
              .filter(r -> key(d.reference().record(r)).equals(key(d.candidate().record(c))))
              .findFirst();
      if (match.isEmpty()) {
        return Optional.empty();
      }
      left.remove(match.get());
      order.add(match.get());
    }
    if (!left.isEmpty() || order.equals(draws(d.reference()))) {
      return Optional.empty();
    }
    return Optional.of(
        new Suspicion(
            Cause.ORDER_OF_DRAWS,
            "the same tensors are drawn in another order: %s"
                .formatted(
                    draws(d.candidate()).stream()
                        .map(c -> d.candidate().record(c).shape())
                        .map(String::valueOf)
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("")),
            List.of(new Edit.Reorder(order))));
  }

  /** What the reference draws piece by piece is drawn at once, and cut apart. */
  private static Optional<Suspicion> atOnce(Divergence d, int c) {
    OpGraph there = d.candidate();
    List<Integer> pieces =
        there
            .consumers(c)
            .filter(i -> there.record(i).sources().allMatch(s -> s == c))
            .boxed()
            .toList();
    List<Integer> here = draws(d.reference());
    int from = draws(there).indexOf(c);
    if (pieces.size() < 2 || here.size() < from + pieces.size()) {
      return Optional.empty();
    }
    List<Integer> drawn = here.subList(from, from + pieces.size());
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      OpRecord piece = there.record(pieces.get(i));
      if (!Objects.equals(piece.shape(), d.reference().record(drawn.get(i)).shape())) {
        return Optional.empty();
      }
      Operand whole = i == 0 ? new Operand.Earlier(0) : new Operand.Before(drawn.get(0), 0);
      Edit.Step cut = new Edit.Step(piece, List.of(whole));
      Edit.Step draw = new Edit.Step(there.record(c), List.of());
      edits.add(new Edit.Replace(Set.of(drawn.get(i)), i == 0 ? List.of(draw, cut) : List.of(cut)));
    }
    return Optional.of(
        new Suspicion(
            Cause.ORDER_OF_DRAWS,
            "%s numbers are drawn at once and cut into %d pieces, which the reference draws one by one"
                .formatted(there.record(c).shape(), pieces.size()),
            edits));
  }

  /** How many numbers are drawn in all. */
  static long count(OpGraph g) {
    return draws(g).stream()
        .mapToLong(
            n ->
                Objects.requireNonNullElse(g.record(n).shape(), List.<Long>of()).stream()
                    .reduce(1L, (a, b) -> a * b))
        .sum();
  }

  /**
   * Draws that only the candidate makes: before the first of the reference that differs, or before
   * all, if what is drawn first is drawn again.
   */
  private static List<Suspicion> more(Divergence d) {
    List<Integer> here = draws(d.reference());
    List<Integer> there = draws(d.candidate());
    int same = 0;
    while (same < Math.min(here.size(), there.size())
        && isSame(d, here.get(same), there.get(same))) {
      same++;
    }
    int extra = there.size() - here.size();
    if (extra <= 0 || same == here.size()) {
      return List.of();
    }
    int first = there.get(same);
    OpRecord draw = d.candidate().record(first);
    List<Suspicion> found = new ArrayList<>();
    found.add(
        new Suspicion(
            Cause.RNG_SHIFT,
            "`%s` draws %s more numbers first, so that all later draws are others"
                .formatted(draw.op(), draw.shape()),
            List.of(drawnBefore(d, here.get(same), there.subList(same, same + extra))),
            OptionalInt.of(first)));
    if (same > 0 && same <= extra && isAgain(d, here, there.subList(extra, there.size()))) {
      found.add(
          new Suspicion(
              Cause.RNG_SHIFT,
              "`%s` draws %s once more, in place of what is drawn first"
                  .formatted(draw.op(), draw.shape()),
              List.of(drawnBefore(d, here.get(0), there.subList(0, extra))),
              OptionalInt.of(first)));
    }
    return found;
  }

  private static boolean isAgain(Divergence d, List<Integer> here, List<Integer> there) {
    return IntStream.range(0, here.size())
        .allMatch(
            i ->
                key(d.reference().record(here.get(i)))
                    .equals(key(d.candidate().record(there.get(i)))));
  }

  private static Edit drawnBefore(Divergence d, int r, List<Integer> more) {
    List<Edit.Step> steps = new ArrayList<>();
    more.forEach(c -> steps.add(new Edit.Step(d.candidate().record(c), List.of())));
    steps.add(new Edit.Step(d.reference().record(r), List.of()));
    return new Edit.Replace(Set.of(r), steps);
  }

  private static boolean isSame(Divergence d, int r, int c) {
    return key(d.reference().record(r)).equals(key(d.candidate().record(c)))
        && d.reference().value(r).equals(d.candidate().value(c));
  }
}
