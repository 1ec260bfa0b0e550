package torchparity.harness.diagnosis;

import java.util.ArrayList;
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
  private static final int LOOK_AHEAD = 3 * CONTEXT;

  /** So many characters of an attribute are shown. */
  private static final int LONGEST = 48;

  private Findings() {}

  static Finding of(Divergence d, Suspicion suspicion, List<Tried> tried) {
    Finding bare = bare(d, tried);
    OptionalInt line = suspicion.line().isPresent() ? suspicion.line() : Gap.of(d, suspicion);
    Call blame = line.isPresent() ? place(d.candidate(), line.getAsInt()) : bare.blame();
    return new Finding(
        suspicion.cause(),
        suspicion.claim(),
        bare.expected(),
        bare.actual(),
        blame,
        bare.aligned(),
        bare.tried());
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
        tried.stream()
            .distinct()
            .sorted(Comparator.comparingInt(Tried::accounted).reversed())
            .toList());
  }

  private static @Nullable Call gap(Divergence d) {
    OptionalInt line = Gap.of(d);
    return line.isPresent() ? call(d.candidate(), line.getAsInt()) : null;
  }

  /** Which operation ends a program, and why; empty if none does. */
  static String failure(OpGraph g) {
    if (!g.endsInFailure()) {
      return "";
    }
    Call end = call(g, g.size() - 1);
    return "it ends in `%s` at %s: %s".formatted(end.text(), end.place(), end.error());
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
    OpGraph c = d.candidate();
    Call there = probed(c, probe);
    return new Finding(
        Cause.WRONG_PROBE,
        "`%s` is recorded from another tensor: %s".formatted(probe, there.text()),
        probed(d.reference(), probe),
        there,
        place(c, Recorded.line(c, probe)),
        List.of(),
        List.of());
  }

  /** A line; one that records is told as the operation whose result it records. */
  private static Call place(OpGraph g, int n) {
    OpRecord r = g.record(n);
    if (!r.op().equals(OpRecord.PROBE) || r.source(0).isEmpty()) {
      return call(g, n);
    }
    Call recorded = call(g, r.source(0).getAsInt());
    return new Call(recorded.op(), r.file(), r.line(), recorded.text(), null);
  }

  /** The operation whose result a probe records. */
  private static Call probed(OpGraph g, String probe) {
    return call(g, Objects.requireNonNull(g.probes().get(probe)));
  }

  private static OptionalInt first(OptionalInt op, SortedSet<Integer> lines) {
    return op.isPresent() || lines.isEmpty() ? op : OptionalInt.of(lines.first());
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
        arguments.add(attribute.getKey() + "=" + shortly(attribute.getValue()));
      }
    }
    return "%s(%s)%s"
        .formatted(op, String.join(", ", arguments), r.hasResult() ? " -> " + shape(r) : "");
  }

  /** The beginning of what is long, such as an index of many numbers. */
  private static String shortly(Object attribute) {
    String text = attribute.toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
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
    List<Aligned> after =
        Alignment.of(after(d.reference(), e, d.expected()), after(d.candidate(), a, d.actual()));
    rows.addAll(after.subList(0, untilBothWereHeard(after)));
    return rows;
  }

  /** Beyond it, one side seems to lack what comes after the last of its operations looked at. */
  private static int untilBothWereHeard(List<Aligned> rows) {
    int reference = 0;
    int candidate = 0;
    int row = 0;
    for (; row < rows.size() && (reference < CONTEXT || candidate < CONTEXT); row++) {
      reference += rows.get(row).reference() == null ? 0 : 1;
      candidate += rows.get(row).candidate() == null ? 0 : 1;
    }
    return row;
  }

  private static List<Call> after(OpGraph g, int from, SortedSet<Integer> lines) {
    return from < 0
        ? List.of()
        : lines.tailSet(from).stream().limit(LOOK_AHEAD).map(n -> call(g, n)).toList();
  }
}
