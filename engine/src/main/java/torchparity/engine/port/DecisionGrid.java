package torchparity.engine.port;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import torchparity.cases.HostTensor;
import torchparity.engine.port.ForwardPass.Model;
import torchparity.engine.tensor.NoGrad;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/** The classes that a network assigns to a grid over the data. */
final class DecisionGrid {
  private final Torch torch;
  private final ForwardPass forwardPass;

  DecisionGrid(Torch torch) {
    this.torch = torch;
    this.forwardPass = new ForwardPass(torch);
  }

  /**
   * The grid, x fastest.
   *
   * @param xs axis (W)
   * @param ys axis (H)
   * @param logits (H * W, 3)
   * @param Z classes (H, W) int64
   */
  record Grid(Tensor xs, Tensor ys, Tensor logits, Tensor Z) {}

  /** Bounds and step are doubles, whatever the dtype of X, as Python's item() makes them. */
  Grid classGrid(Model model, Tensor X, double step) {
    HostTensor points = X.toHost();
    double xMin = column(points, 0).min().getAsDouble() - 1;
    double xMax = column(points, 0).max().getAsDouble() + 1;
    double yMin = column(points, 1).min().getAsDouble() - 1;
    double yMax = column(points, 1).max().getAsDouble() + 1;

    Tensor xs = torch.arange(xMin, xMax, step);
    Tensor ys = torch.arange(yMin, yMax, step);
    long lenXs = xs.shape().get(0);
    long lenYs = ys.shape().get(0);
    Tensor mesh =
        torch.stack(List.of(torch.repeat(xs, lenYs), torch.repeatInterleave(ys, lenXs)), 1);

    try (NoGrad unused = torch.noGrad()) {
      Tensor logits = forwardPass.modelForwardPass(model, mesh);
      Tensor Z = torch.reshape(torch.argmax(logits, 1), lenYs, lenXs);
      return new Grid(xs, ys, logits, Z);
    }
  }

  private static DoubleStream column(HostTensor points, int column) {
    return IntStream.range(0, points.numel() / 2)
        .mapToDouble(row -> points.getDouble(2 * row + column));
  }
}
