package torchparity.harness.diagnosis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalInt;
import torchparity.cases.HostTensor;
import torchparity.cases.OpRecord;

/** Numbers that a program gives to an operation, whether plain or as a tensor of one number. */
final class Constants {
  private Constants() {}

  /** Argument {@code i} of line {@code n}, if it is such a number. */
  static Optional<Double> of(OpGraph g, int n, int i) {
    OpRecord record = g.record(n);
    if (record.inputs().get(i).has("number")) {
      return Optional.of(record.inputs().get(i).get("number").asDouble());
    }
    OptionalInt source = record.source(i);
    if (source.isEmpty() || !g.record(source.getAsInt()).op().equals("tensor")) {
      return Optional.empty();
    }
    try {
      return g.log()
          .value(source.getAsInt())
          .filter(value -> value.shape().isEmpty())
          .map(Constants::number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the shortest decimal that its dtype can tell apart: 0.7 and not 0.699999988. */
  private static double number(HostTensor value) {
    double exact = value.getDouble(0);
    return value.dtype().bytes() == Float.BYTES && value.dtype().isFloatingPoint()
        ? Double.parseDouble(Float.toString((float) exact))
        : exact;
  }
}
