package torchparity.engine.tensor;

import java.util.List;
import java.util.stream.Stream;

/** Every operation that a Nushell command is derived from. */
public final class OpCatalogue {
  private static final List<Op> ALL =
      Stream.of(CreationOps.ALL, PointwiseOps.ALL, ReductionOps.ALL, ShapeOps.ALL, AutogradOps.ALL)
          .flatMap(List::stream)
          .toList();

  private OpCatalogue() {}

  public static List<Op> all() {
    return ALL;
  }
}
