package torchparity.harness.diagnosis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import torchparity.cases.HostTensor;

/**
 * A linear map about a point: {@code (x - c) S + c}. Without the subtraction, the addition or both
 * it is a map about another point, and moves everything by a constant such as {@code c (S - I)}.
 */
final class WrongCentre implements Hypothesis {
  private static final Set<String> LINEAR = Set.of("mm", "matmul", "mul");

  @Override
  public List<Suspicion> about(Divergence d) {
    if (d.expectedOp().isEmpty()) {
      return List.of();
    }
    OpGraph g = d.reference();
    int r = d.expectedOp().getAsInt();
    List<Suspicion> found = new ArrayList<>();
    IntStream.range(0, g.size())
        .filter(n -> LINEAR.contains(g.record(n).op()) && g.record(n).source(0).isPresent())
        .forEach(
            map -> {
              int sub = g.record(map).source(0).getAsInt();
              OptionalInt add = additionAfter(g, map, sub);
              if (g.record(sub).op().equals("sub") && add.isPresent()) {
                if (found.isEmpty() && (r == sub || r == add.getAsInt())) {
                  propose(g, sub, map, add.getAsInt(), found);
                }
              }
            });
    return found;
  }

  /** The addition of what {@code sub} subtracted, to the result of {@code map}. */
  private static OptionalInt additionAfter(OpGraph g, int map, int sub) {
    if (g.record(sub).inputs().size() < 2 || g.record(sub).source(1).isEmpty()) {
      return OptionalInt.empty();
    }
    int centre = g.record(sub).source(1).getAsInt();
    return g.consumers(map)
        .filter(n -> g.record(n).op().equals("add"))
        .filter(n -> g.record(n).sources().anyMatch(s -> g.value(s).equals(g.value(centre))))
        .findFirst();
  }

  private static void propose(OpGraph g, int sub, int map, int add, List<Suspicion> found) {
    int kept = g.record(add).source(0).orElse(-1) == map ? 0 : 1;
    Edit noSub = new Edit.Bypass(g.linesAt(g.site(sub)), 0);
    Edit noAdd = new Edit.Bypass(g.linesAt(g.site(add)), kept);
    String op = g.record(map).op();
    found.add(
        new Suspicion(
            Cause.WRONG_CENTRE,
            "`%s` is applied to the points themselves, without the `sub` of the centre before it and the `add` after it%s"
                .formatted(op, shift(g, sub, map)),
            List.of(noSub, noAdd)));
    found.add(
        new Suspicion(
            Cause.WRONG_CENTRE,
            "the centre is added after `%s`, but not subtracted before it".formatted(op),
            List.of(noSub)));
    found.add(
        new Suspicion(
            Cause.MISSING_OP,
            "the centre is subtracted before `%s`, but not added after it".formatted(op),
            List.of(noAdd)));
  }

  /** {@code c (S - I)} for each time the place comes by, where it is not zero. */
  private static String shift(OpGraph g, int sub, int map) {
    List<String> shifts = new ArrayList<>();
    List<Integer> subs = List.copyOf(g.linesAt(g.site(sub)));
    List<Integer> maps = List.copyOf(g.linesAt(g.site(map)));
    for (int i = 0; i < Math.min(subs.size(), maps.size()); i++) {
      int centre = g.record(subs.get(i)).source(1).orElse(-1);
      int matrix = g.record(maps.get(i)).source(1).orElse(-1);
      if (centre >= 0 && matrix >= 0) {
        moved(g, centre, matrix).filter(s -> !shifts.contains(s)).ifPresent(shifts::add);
      }
    }
    return shifts.isEmpty() ? "" : ": c(S - I) = " + String.join(", ", shifts);
  }

  private static Optional<String> moved(OpGraph g, int centre, int matrix) {
    try {
      Optional<HostTensor> c = g.log().value(centre);
      Optional<HostTensor> s = g.log().value(matrix);
      if (c.isEmpty() || s.isEmpty() || !fits(c.get(), s.get())) {
        return Optional.empty();
      }
      int width = c.get().numel();
      List<String> parts = new ArrayList<>();
      boolean moves = false;
      for (int column = 0; column < width; column++) {
        double sum = -c.get().getDouble(column);
        for (int row = 0; row < width; row++) {
          sum += c.get().getDouble(row) * s.get().getDouble(row * width + column);
        }
        moves |= Math.abs(sum) > 1e-6;
        parts.add(
            String.format(Locale.ROOT, "%.4g", sum).replaceAll("0+$", "").replaceAll("\\.$", ""));
      }
      return moves ? Optional.of("(" + String.join(", ", parts) + ")") : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean fits(HostTensor c, HostTensor s) {
    long width = c.numel();
    return c.dtype().isFloatingPoint() && s.shape().equals(List.of(width, width));
  }
}
