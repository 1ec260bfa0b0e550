package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import torchparity.cases.OpRecord;
import torchparity.harness.diagnosis.Diagnosis.Aligned;
import torchparity.harness.diagnosis.Diagnosis.Call;
import torchparity.harness.diagnosis.Diagnosis.Finding;
import torchparity.harness.diagnosis.Diagnosis.Tried;

/** Turns what the search knows into findings: lines of programs, not numbers in a log. */
final class Findings {
  private static final int CONTEXT = 4;

  private Findings() {}

  static Finding of(Divergence d, Suspicion suspicion, List<Tried> tried) {
    Finding bare = bare(d, tried);
    OptionalInt line = suspicion.line().isPresent() ? suspicion.line() : gap(d, suspicion);
    Call blame = line.isPresent() ? call(d.candidate(), line.getAsInt()) : bare.blame();
    return new Finding(
        suspicion.cause(),
        suspicion.claim(),
        bare.expected(),
        bare.actual(),
        blame,
        bare.aligned(),
        tried);
  }

  /** Where the logs part, and no cause. */
  static Finding bare(Divergence d, List<Tried> tried) {
    OptionalInt expected = first(d.expectedOp(), d.expected());
    OptionalInt actual = first(d.actualOp(), d.actual());
    Call there = actual.isPresent() ? call(d.candidate(), actual.getAsInt()) : null;
    Call end = d.candidateStops() ? last(d.candidate()) : null;
    return new Finding(
        null,
        "",
        expected.isPresent() ? call(d.reference(), expected.getAsInt()) : null,
        there,
        there != null ? there : end != null ? end : gap(d),
        aligned(d, expected, actual),
        tried.stream().sorted(Comparator.comparingInt(Tried::accounted).reversed()).toList());
  }

  /** The last operation that a program carried out. */
  private static @Nullable Call last(OpGraph g) {
    return IntStream.iterate(g.size() - 1, n -> n >= 0, n -> n - 1)
        .filter(n -> !g.record(n).op().equals(OpRecord.PROBE) && g.record(n).line() != null)
        .mapToObj(n -> call(g, n))
        .findFirst()
        .orElse(null);
  }

  static Finding wrongProbe(Divergence d, String probe) {
    Call there = probed(d.candidate(), probe);
    return new Finding(
        Cause.WRONG_PROBE,
        "`%s` is recorded from another tensor: %s".formatted(probe, there.text()),
        probed(d.reference(), probe),
        there,
        there,
        List.of(),
        List.of());
  }

  private static Call probed(OpGraph g, String probe) {
    return call(g, Objects.requireNonNull(g.probes().get(probe)));
  }

  private static OptionalInt first(OptionalInt op, SortedSet<Integer> lines) {
    return op.isPresent() || lines.isEmpty() ? op : OptionalInt.of(lines.first());
  }

  /**
   * The candidate's line next to the place where it leaves an operation out: what the operation
   * would have been applied to; for one in place, the line that does the same to another tensor, or
   * else what comes after the last thing that both do before it; empty for any other suspicion.
   */
  private static OptionalInt gap(Divergence d, Suspicion suspicion) {
    boolean leftOut = suspicion.edits().stream().allMatch(Edit.Bypass.class::isInstance);
    if (!leftOut || suspicion.edits().size() != 1 || suspicion.cause() == Cause.TRANSPOSED) {
      return OptionalInt.empty();
    }
    Edit.Bypass bypass = (Edit.Bypass) suspicion.edits().get(0);
    OpGraph g = d.reference();
    int n = Collections.min(bypass.lines());
    if (!g.isInPlace(n)) {
      OptionalInt target = g.record(n).source(bypass.input());
      return target.isPresent() && !g.record(target.getAsInt()).inputs().isEmpty()
          ? equal(d, target.getAsInt())
          : OptionalInt.empty();
    }
    OptionalInt alike =
        g.linesAt(g.site(n)).stream()
            .flatMapToInt(i -> equal(d, i).stream())
            .filter(there -> alike(d.candidate().record(there).op(), g.record(n).op()))
            .findFirst();
    return alike.isPresent() ? alike : afterLastInCommon(d, n);
  }

  /** True for an operation and its form in place, too. */
  private static boolean alike(String op, String inPlace) {
    return op.equals(inPlace) || (op + "_").equals(inPlace);
  }

  /** The candidate's last line with the result of line {@code n} of the reference. */
  private static OptionalInt equal(Divergence d, int n) {
    return d.isLiteral(d.reference(), n) || d.reference().value(n).isEmpty()
        ? OptionalInt.empty()
        : d.candidate().lastLineBefore(d.candidate().size(), d.reference().value(n).get());
  }

  /** What the candidate does after the last thing that both compute before line {@code n}. */
  private static OptionalInt afterLastInCommon(Divergence d, int n) {
    OpGraph g = d.reference();
    OpGraph c = d.candidate();
    OptionalInt common =
        IntStream.iterate(n - 1, i -> i >= 0, i -> i - 1)
            .filter(i -> !g.site(i).place().equals(g.site(n).place()))
            .filter(i -> !g.record(i).op().equals("grad") && !g.isInPlace(i))
            .filter(i -> g.value(i).isPresent() && !d.isLiteral(g, i))
            .flatMap(i -> IntStream.range(0, c.size()).filter(j -> c.value(j).equals(g.value(i))))
            .findFirst();
    return common.isEmpty()
        ? common
        : IntStream.range(common.getAsInt() + 1, c.size())
            .filter(i -> !c.site(i).place().equals(c.site(common.getAsInt()).place()))
            .filter(i -> !c.record(i).op().equals(OpRecord.PROBE))
            .findFirst();
  }

  /** Where the candidate lacks something: the line after the last that both have before it. */
  private static @Nullable Call gap(Divergence d) {
    if (d.expected().isEmpty()) {
      return null;
    }
    return IntStream.iterate(d.expected().first() - 1, n -> n >= 0, n -> n - 1)
        .flatMap(n -> equal(d, n).stream())
        .mapToObj(there -> call(d.candidate(), there))
        .findFirst()
        .orElse(null);
  }

  static Call call(OpGraph g, int n) {
    OpRecord r = g.record(n);
    String op = Outside.isStack(g, n) ? "tensor" : r.op();
    return new Call(op, r.file(), r.line(), text(g, op, r), r.error());
  }

  private static String text(OpGraph g, String op, OpRecord r) {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < r.inputs().size(); i++) {
      arguments.add(
          r.source(i).isPresent()
              ? shape(g.record(r.source(i).getAsInt()))
              : r.inputs().get(i).path("number").asText());
    }
    for (Map.Entry<String, ?> attribute : r.attributes().entrySet()) {
      if (!attribute.getKey().equals(OpRecord.OPAQUE)) {
        arguments.add(attribute.getKey() + "=" + attribute.getValue());
      }
    }
    return "%s(%s)%s"
        .formatted(op, String.join(", ", arguments), r.hasResult() ? " -> " + shape(r) : "");
  }

  private static String shape(OpRecord r) {
    String sizes =
        r.shape() == null
            ? ""
            : r.shape().stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    return "float32".equals(r.dtype()) ? sizes : r.dtype() + sizes;
  }

  /** The operations of both sides around the first that differs, side by side. */
  private static List<Aligned> aligned(Divergence d, OptionalInt expected, OptionalInt actual) {
    int e = expected.orElse(-1);
    int a = actual.orElse(-1);
    List<Aligned> rows = new ArrayList<>();
    for (int n = Math.max(0, e - CONTEXT); n < e; n++) {
      if (d.reference().value(n).isPresent()) {
        OptionalInt there =
            d.candidate()
                .lastLineBefore(a < 0 ? d.candidate().size() : a, d.reference().value(n).get());
        rows.add(
            new Aligned(
                call(d.reference(), n),
                there.isPresent() ? call(d.candidate(), there.getAsInt()) : null));
      }
    }
    rows.addAll(
        Alignment.of(after(d.reference(), e, d.expected()), after(d.candidate(), a, d.actual())));
    return rows;
  }

  private static List<Call> after(OpGraph g, int from, SortedSet<Integer> lines) {
    return from < 0
        ? List.of()
        : lines.tailSet(from).stream().limit(CONTEXT).map(n -> call(g, n)).toList();
  }
}
