package torchparity.engine.tensor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every operation that a Nushell command is derived from. */
public final class OpCatalogue {
  private static final List<Op> ALL =
      Stream.of(
              CreationOps.ALL,
              RandomOps.ALL,
              PointwiseOps.ALL,
              BinaryOps.ALL,
              UnaryOps.ALL,
              TunedUnaryOps.ALL,
              ReductionOps.ALL,
              StatisticsOps.ALL,
              ScanOps.ALL,
              SortOps.ALL,
              LinearAlgebraOps.ALL,
              ShapeOps.ALL,
              ViewOps.ALL,
              IndexOps.ALL,
              PartOps.ALL,
              DiagonalOps.ALL,
              LossOps.ALL,
              AutogradOps.ALL)
          .flatMap(List::stream)
          .toList();

  /** What commands and replays are made of that are no commands themselves. */
  private static final List<Op> PARTS =
      List.of(
          IndexOps.INDEX,
          PointwiseOps.ADD_,
          PointwiseOps.SUB_,
          PointwiseOps.MUL_,
          AutogradOps.ZERO_,
          RandomOps.MANUAL_SEED);

  private OpCatalogue() {}

  /** The operation that PyTorch calls {@code name}, parts of commands included. */
  public static Optional<Op> find(String name) {
    return Stream.concat(ALL.stream(), PARTS.stream())
        .filter(op -> op.name().equals(name))
        .findFirst();
  }

  public static List<Op> all() {
    return ALL;
  }

  /** Initializes the classes of all operations, which the first use of each would otherwise do. */
  static void load() {
    List<Op> unused = ALL; // calling this method has initialized them
  }
}
