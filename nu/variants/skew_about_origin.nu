# The historical bug, kept to be found: this port's `generate_data` multiplies
# the points by the skew matrix without first subtracting the blob's centre.
# The third blob alone moves, by c(S - I) = (0.75, 0.45), and the loss comes
# out "persistently about 30 % lower".

use ../scenarios.nu run_job

def generate_data [
  --n_samples: int = 300 # Number of samples to generate
  --centers: int = 3 # Number of cluster centers
  --cluster_std: float = 0.7 # Standard deviation of clusters
  --skew_factor: float = 0.3 # Skew factor for data distribution
]: nothing -> record<X: string, y: string> {
  let n_samples_per_class: int = ($n_samples // $centers)
  mut X_list: list<string> = []
  mut y_list: list<string> = []

  let blob_centers: list<string> = [
    (torch tensor [0.0 0.0])
    (torch tensor [3.0 0.0])
    (torch tensor [1.5 2.5])
  ]

  for i in (seq 0 ($centers - 1)) {
    mut points: string = (torch randn $n_samples_per_class 2) | torch mul (torch tensor $cluster_std) | torch add ($blob_centers | get $i)
    if $i == 1 or $i == 2 {
      let skew_matrix: string = (torch tensor [[1.0 ($skew_factor * ($i - 1))] [($skew_factor * ($i - 1)) 1.0]])
      $points = (torch mm $points $skew_matrix)
    }
    let labels: string = torch full [$n_samples_per_class] $i --dtype 'int64'
    $X_list = $X_list | append $points
    $y_list = $y_list | append $labels
  }

  let X: string = $X_list | torch cat --dim 0
  let y: string = $y_list | torch cat --dim 0

  {X: $X y: $y}
}

def main [
  --job: path # Job file to run
]: nothing -> nothing {
  run_job $job {|p|
    (
      generate_data --n_samples $p.n_samples --centers $p.centers
      --cluster_std ($p.cluster_std | into float)
      --skew_factor ($p.skew_factor | into float)
    )
  }
}
