package torchparity.harness.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A kind of mistake in a port, about numerics and not about files. */
public enum Cause {
  WRONG_CENTRE("a linear map is applied about another centre"),
  STALE_GRADIENTS("gradients of earlier steps are not cleared"),
  NOT_UPDATED("a parameter is not updated"),
  LEARNING_RATE("another learning rate"),
  WEIGHT_DECAY("the update also shrinks the parameter (weight decay)"),
  MOMENTUM("the update uses earlier gradients (momentum)"),
  SUM_FOR_MEAN("a sum where the reference takes a mean, or the reverse"),
  MISSING_BIAS("a bias is not added"),
  MISSING_ACTIVATION("an activation is left out"),
  OTHER_ACTIVATION("another activation function"),
  TRANSPOSED("a matrix is transposed, or is not"),
  WRONG_AXIS("an operation works along another dimension"),
  SIGN("a sign is the other way round"),
  ORDER_OF_DRAWS("random numbers are drawn in another order"),
  RNG_SHIFT("the stream of random numbers is shifted: more or fewer draws come before"),
  LABEL_ORDER("labels are numbered in another order"),
  PERMUTATION("parts are put together in another order"),
  GRID_BOUNDS("a range has other bounds or another step"),
  GRID_AXES("the axes of a grid are exchanged"),
  OFF_BY_ONE("a count or bound is off by one"),
  CAST("a value is cast to another dtype"),
  SCALE("a value is scaled by a factor"),
  OFFSET("a constant is added"),
  SWAPPED_ARGUMENTS("the arguments of an operation are exchanged"),
  OTHER_OPERAND("an operation is given another tensor"),
  OTHER_CONSTANT("a constant has another value"),
  OTHER_OP("another operation is called"),
  MISSING_OP("an operation is left out"),
  EXTRA_OP("an operation is there once too often"),
  WRONG_PROBE("another tensor is recorded under this name"),
  DTYPE_PROMOTION("the computation runs in float64");

  private final String text;

  Cause(String text) {
    this.text = text;
  }

  /** What it means, in a clause. */
  public String text() {
    return text;
  }

  /** Its name on the command line and in JSON, such as {@code wrong-centre}. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The cause called {@code id}. */
  public static Optional<Cause> ofId(String id) {
    return Arrays.stream(values()).filter(c -> c.id().equals(id)).findFirst();
  }

  @Override
  public String toString() {
    return id();
  }
}
