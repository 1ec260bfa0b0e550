package torchparity.engine.port;

import java.util.ArrayList;
import java.util.List;
import torchparity.cases.Dtype;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/** Data blobs: three Gaussian clusters, the second and third skewed about their own centre. */
final class Blobs {
  private final Torch torch;

  Blobs(Torch torch) {
    this.torch = torch;
  }

  /**
   * @param X points (n_samples, 2) in the default dtype
   * @param y labels (n_samples) int64
   */
  record Data(Tensor X, Tensor y) {}

  Data generateData(long samples, int centers, double clusterStd, double skewFactor) {
    long samplesPerClass = samples / centers;
    List<Tensor> partsOfX = new ArrayList<>();
    List<Tensor> partsOfY = new ArrayList<>();
    List<Tensor> blobCenters =
        List.of(
            torch.tensor(List.of(2L), 0.0, 0.0),
            torch.tensor(List.of(2L), 3.0, 0.0),
            torch.tensor(List.of(2L), 1.5, 2.5));

    for (int i = 0; i < centers; i++) {
      Tensor center = blobCenters.get(i);
      Tensor points =
          torch.add(torch.mul(torch.randn(samplesPerClass, 2), torch.tensor(clusterStd)), center);
      if (i == 1 || i == 2) {
        double s = skewFactor * (i - 1);
        Tensor skew = torch.tensor(List.of(2L, 2L), 1.0, s, s, 1.0);
        points = torch.add(torch.mm(torch.sub(points, center), skew), center);
      }
      partsOfX.add(points);
      partsOfY.add(torch.full(List.of(samplesPerClass), i, Dtype.INT64));
    }

    return new Data(torch.cat(partsOfX, 0), torch.cat(partsOfY, 0));
  }
}
