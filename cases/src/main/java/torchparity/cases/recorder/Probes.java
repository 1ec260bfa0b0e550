package torchparity.cases.recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import torchparity.cases.HostTensor;

/**
 * Records tensors of a Java program: {@code probe} where numbers should agree, {@code step} where a
 * loop begins its next round. Without the harness none of this does anything.
 */
public final class Probes {
  private static final AtomicReference<@Nullable Recording> CURRENT = new AtomicReference<>();

  private Probes() {}

  /** What is recorded from now on goes there; null for nowhere. */
  static void to(@Nullable Recording recording) {
    CURRENT.set(recording);
  }

  /**
   * Records a tensor; in a step, a row of a tensor.
   *
   * @throws IllegalArgumentException if the name is none, or was used before, in this step
   */
  public static void probe(String name, HostTensor tensor) {
    Recording recording = CURRENT.get();
    if (recording != null) {
      try {
        recording.probe(name, tensor);
      } catch (IOException e) {
        throw new UncheckedIOException("probe '" + name + "' cannot be recorded", e);
      }
    }
  }

  /** Records float64 values, row-major; without sizes, a vector. */
  public static void probe(String name, double[] values, long... shape) {
    probe(name, HostTensor.ofDoubles(sizes(values.length, shape), values));
  }

  /** Records float32 values, row-major; without sizes, a vector. */
  public static void probe(String name, float[] values, long... shape) {
    probe(name, HostTensor.ofFloats(sizes(values.length, shape), values));
  }

  /** Records int64 values, row-major; without sizes, a vector. */
  public static void probe(String name, long[] values, long... shape) {
    probe(name, HostTensor.ofLongs(sizes(values.length, shape), values));
  }

  /** Records a float64 number. */
  public static void probe(String name, double value) {
    probe(name, HostTensor.ofDoubles(List.of(), value));
  }

  /** Begins step {@code n} of a loop: what is recorded in it becomes a row. */
  public static void step(int n) {
    Recording recording = CURRENT.get();
    if (recording != null) {
      recording.step(n);
    }
  }

  /** The loop is over. */
  public static void step() {
    Recording recording = CURRENT.get();
    if (recording != null) {
      recording.endSteps();
    }
  }

  /**
   * The case's parameter of this name; {@code otherwise} if it has none, or without the harness.
   */
  public static double parameter(String name, double otherwise) {
    Recording recording = CURRENT.get();
    return recording == null ? otherwise : recording.parameters().path(name).asDouble(otherwise);
  }

  private static List<Long> sizes(int length, long... shape) {
    return shape.length == 0 ? List.of((long) length) : Arrays.stream(shape).boxed().toList();
  }
}
