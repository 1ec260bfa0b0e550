"""Data blobs whose draws are a probe of their own, so that they can be given instead."""

import torch

from torch_parity import given, parameter, probe


def main():
    n_samples, centers = parameter("n_samples", 300), parameter("centers", 3)
    std, skew_factor = parameter("cluster_std", 0.7), parameter("skew_factor", 0.3)
    n = n_samples // centers
    draws = given("data.draws")
    if draws is None:
        draws = torch.cat([torch.randn(n, 2) for _ in range(centers)])
    probe("data.draws", draws)

    blob_centers = torch.tensor([[0.0, 0.0], [3.0, 0.0], [1.5, 2.5]])
    parts = []
    for i in range(centers):
        pts = draws[i * n : (i + 1) * n] * std + blob_centers[i]
        if i in (1, 2):
            s = skew_factor * (i - 1)
            skew = torch.tensor([[1.0, s], [s, 1.0]])
            pts = torch.mm(pts - blob_centers[i], skew) + blob_centers[i]
        parts.append(pts)
    probe("data.X", torch.cat(parts))
    probe("data.y", torch.arange(centers).repeat_interleave(n))


if __name__ == "__main__":
    main()
