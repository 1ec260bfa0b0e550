# The Nushell port of the network. With --job it runs a job of Torch Parity's;
# alone it trains, shows the loss every 100 epochs and writes its plots.

use blobs.nu generate_data
use forward_pass.nu model_init
use sgd_training.nu train
use decision_grid.nu class_grid
use plots.nu *
use scenarios.nu run_job

def main [
  --job: path # Job file to run
  --epochs: int = 3000 # Number of training steps, without a job
  --plot: path # Folder for the plots as Plotly JSON, without a job
]: nothing -> nothing {
  if $epochs < 0 {
    error make {
      msg: "--epochs must be 0 or more"
      labels: [{text: "less than 0" span: (metadata $epochs).span}]
    }
  }
  if $job != null {
    run_job $job {|p|
      (
        generate_data --n_samples $p.n_samples --centers $p.centers
        --cluster_std ($p.cluster_std | into float)
        --skew_factor ($p.skew_factor | into float)
      )
    }
    return
  }

  torch manual_seed 42
  let data = generate_data
  let net = model_init
  let width = $epochs | into string | str length
  print $"($epochs) epochs on ($data.X | torch shape | first) points"
  let start = date now
  let losses = (
    train $net $data.X $data.y --epochs $epochs --lr 0.1 --after_step {|epoch, loss|
      if $epoch mod 100 == 0 {
        let epoch = $epoch | fill --alignment right --width $width
        print $"epoch ($epoch)/($epochs)  loss ($loss | into string --decimals 4)"
      }
    }
  )

  let seconds = ((date now) - $start) / 1sec | into string --decimals 3
  print $"($epochs) epochs in ($seconds) s"

  if $plot != null {
    mkdir $plot
    let points = class_scatter $data.X $data.y
    let grid = class_grid $net $data.X
    $points | save_figure ($plot | path join raw_data.json) "Raw data"
    loss_curve $losses | save_figure ($plot | path join loss.json) "Training loss"
    $points | prepend (class_contour $grid)
    | save_figure ($plot | path join decision_boundary.json) "Decision boundary"
  }
}
