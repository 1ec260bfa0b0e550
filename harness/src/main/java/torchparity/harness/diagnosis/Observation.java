package torchparity.harness.diagnosis;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import torchparity.cases.OpRecord;

/** A cause that the logs show where no replay can prove it. */
final class Observation {
  private Observation() {}

  /** The cause that the first operation which differs has by itself. */
  static Optional<Suspicion> of(Divergence d) {
    OptionalInt first = d.actualOp();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    OpGraph c = d.candidate();
    OpRecord record = c.record(first.getAsInt());
    boolean casts =
        record.hasResult()
            && record.op().equals("to")
            && record.source(0).isPresent()
            && !Objects.equals(record.dtype(), c.record(record.source(0).getAsInt()).dtype());
    return casts
        ? Optional.of(
            new Suspicion(
                Cause.CAST,
                "a tensor is cast to %s, which the reference does not do".formatted(record.dtype()),
                List.of(),
                first))
        : Optional.empty();
  }
}
