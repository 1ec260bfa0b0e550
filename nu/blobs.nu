# Data blobs: three Gaussian clusters, the second and third skewed about their own centre.

# Points X [n_samples, 2] in the default dtype and labels y [n_samples] int64.
export def generate_data [
  --n_samples: int = 300 # Number of samples to generate
  --centers: int = 3 # Number of cluster centers
  --cluster_std: float = 0.7 # Standard deviation of clusters
  --skew_factor: float = 0.3 # Skew of the third blob
]: nothing -> record<X: string, y: string> {
  let n_per_class = $n_samples // $centers
  mut X_parts: list<string> = [] # tensors have string ids
  mut y_parts: list<string> = []
  let blob_centers: list<string> = [
    (torch tensor [0.0 0.0])
    (torch tensor [3.0 0.0])
    (torch tensor [1.5 2.5])
  ]

  for i in 0..<$centers {
    let center = $blob_centers | get $i
    mut pts: string = (
      torch randn $n_per_class 2
      | torch mul (torch tensor $cluster_std)
      | torch add $center
    )
    if $i in [1 2] {
      let s = $skew_factor * ($i - 1)
      let skew = torch tensor [[1.0 $s] [$s 1.0]]
      $pts = (torch mm ($pts | torch sub $center) $skew | torch add $center)
    }
    $X_parts = $X_parts | append $pts
    $y_parts = $y_parts | append (torch full [$n_per_class] $i --dtype int64)
  }

  {X: ($X_parts | torch cat) y: ($y_parts | torch cat)}
}
