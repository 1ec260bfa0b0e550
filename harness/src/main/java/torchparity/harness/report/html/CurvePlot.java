package torchparity.harness.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import torchparity.harness.report.SavedRun;

/**
 * Loss curves of all sides over each other; beneath, on the same epochs, how far each is from the
 * reference's relative to it, with what is allowed.
 */
final class CurvePlot {
  private static final int STRETCHES = 150;
  private static final String[] DASHES = {"solid", "dash", "dot", "dashdot"};

  private final Numbers numbers;

  CurvePlot(Numbers numbers) {
    this.numbers = numbers;
  }

  /**
   * The picture.
   *
   * @param allowed allowed absolute difference of each epoch, or null if none was computed
   */
  Optional<Picture> draw(List<Sides> sides, double @Nullable [] allowed) {
    if (sides.isEmpty() || sides.get(0).get(0).shape().size() != 1) {
      return Optional.empty();
    }
    List<double[]> curves = sides.stream().map(s -> SavedRun.doubles(s.get(0))).toList();
    double[] reference = curves.get(0);
    List<double[]> differences = new ArrayList<>();
    curves.stream().skip(1).forEach(curve -> differences.add(relative(reference, curve)));
    List<double[]> all = new ArrayList<>(curves);
    all.addAll(differences);
    int[] kept = new Decimation(STRETCHES).keep(reference.length, all);
    Plot plot = new Plot();
    losses(plot, sides, curves, kept);
    boolean differs = sides.size() > 1;
    if (differs) {
      differences(plot, sides, differences, kept);
      if (allowed != null && allowed.length == reference.length) {
        allowed(plot, allowed, reference, kept);
      }
    }
    plot.axis("xaxis", "epoch").put("anchor", differs ? "y2" : "y");
    plot.axis("yaxis", "loss").put("type", "log").putArray("domain").add(differs ? 0.46 : 0).add(1);
    return Optional.of(
        new Picture(
            text(sides, curves), description(sides, curves), plot.json(), differs ? 520 : 340));
  }

  private void losses(Plot plot, List<Sides> sides, List<double[]> curves, int[] kept) {
    for (int s = 0; s < sides.size(); s++) {
      double[] curve = curves.get(s);
      plot.line(sides.get(s).name(), epochs(kept), at(kept, i -> value(curve, i)))
          .putObject("line")
          .put("color", Plot.SIDES[s % 4])
          .put("dash", DASHES[s % 4])
          .put("width", 2);
    }
  }

  /** Beneath; points, too, because where two curves agree in every bit there is a gap. */
  private void differences(Plot plot, List<Sides> sides, List<double[]> differences, int[] kept) {
    for (int s = 1; s < sides.size(); s++) {
      double[] relative = differences.get(s - 1);
      String name = "difference of %s".formatted(sides.get(s).name());
      ObjectNode line = plot.line(name, epochs(kept), at(kept, i -> positive(relative[i])));
      line.put("yaxis", "y2").put("mode", "lines+markers");
      line.putObject("line").put("color", Plot.SIDES[s % 4]).put("width", 1.5);
      line.putObject("marker").put("size", 3).put("color", Plot.SIDES[s % 4]);
    }
    plot.axis("yaxis2", "relative difference")
        .put("type", "log")
        .put("exponentformat", "power")
        .putArray("domain")
        .add(0)
        .add(0.38);
  }

  private void allowed(Plot plot, double[] allowed, double[] reference, int[] kept) {
    JsonNode relative = at(kept, i -> positive(allowed[i] / Math.abs(reference[i])));
    ObjectNode line = plot.line("allowed", epochs(kept), relative).put("yaxis", "y2");
    line.putObject("line").put("color", "ink").put("dash", "dot").put("width", 2);
  }

  private JsonNode epochs(int[] kept) {
    return numbers.of(kept.length, i -> kept[i] + 1);
  }

  private JsonNode at(int[] kept, IntToDoubleFunction values) {
    return numbers.of(kept.length, i -> values.applyAsDouble(kept[i]));
  }

  private static double value(double[] curve, int i) {
    return i < curve.length ? curve[i] : Double.NaN;
  }

  /** A logarithmic axis has no place for nought. */
  private static double positive(double value) {
    return value > 0 ? value : Double.NaN;
  }

  private static double[] relative(double[] from, double[] to) {
    double[] relative = new double[from.length];
    for (int i = 0; i < from.length; i++) {
      relative[i] = Math.abs(value(to, i) - from[i]) / Math.abs(from[i]);
    }
    return relative;
  }

  private static String text(List<Sides> sides, List<double[]> curves) {
    StringBuilder text =
        new StringBuilder(
            sides.size() == 1
                ? "Loss curve: the same bits in " + sides.get(0).name()
                : "Loss curves over each other, the relative difference beneath: %d epochs"
                    .formatted(curves.get(0).length));
    for (int s = 0; s < sides.size(); s++) {
      double[] curve = curves.get(s);
      int bad = 0;
      while (bad < curve.length && Double.isFinite(curve[bad])) {
        bad++;
      }
      if (bad < curve.length) {
        text.append("; %s is %s at epoch %d".formatted(sides.get(s).name(), curve[bad], bad + 1));
      }
    }
    return text.toString();
  }

  private static String description(List<Sides> sides, List<double[]> curves) {
    StringBuilder text = new StringBuilder(text(sides, curves)).append('.');
    for (int s = 0; s < sides.size(); s++) {
      double[] curve = curves.get(s);
      if (curve.length > 0) {
        text.append(
            " %s: from %.4g to %.4g."
                .formatted(sides.get(s).name(), curve[0], curve[curve.length - 1]));
      }
    }
    return text.toString();
  }
}
