# Ridge regression on measurements in different units, by gradient descent: ridge.py in Nushell.

use parity.nu *

# Three quantities, X (n, 3), and what depends on them, y (n, 1), with some noise.
def measurements [n: int]: nothing -> record {
  let X = (
    torch randn $n 3 | torch mul (torch tensor [1.0 5.0 0.2])
    | torch add (torch tensor [10.0 -3.0 0.5])
  )
  let exact = torch mm $X (torch tensor [[2.0] [-1.0] [4.0]])
  let y = torch randn $n 1 | torch mul 0.1 | torch add $exact
  {X: $X y: $y}
}

# Each column about its own mean, in units of its greatest distance from there.
def scaled [X: string]: nothing -> string {
  let centred = torch sub $X (torch mean $X)
  torch div $centred (torch abs $centred | torch amax --dim 0)
}

# Weights (3, 1) and bias (1) that minimise the mean squared error and a penalty.
def fit [X: string, y: string, epochs: int, lr: float, penalty: float]: nothing -> record {
  let w = torch full [3 1] 0.0 --requires_grad true
  let b = torch full [1] 0.0 --requires_grad true
  for epoch in 1..$epochs {
    step $epoch
    torch tidy {
      let residual = torch mm $X $w | torch add $b | torch sub $y
      let fit = torch mul $residual $residual | torch mean
      let loss = torch mul $w $w | torch sum | torch mul $penalty | torch add $fit
      probe loss $loss
      $loss | torch backward
      [$w $b] | torch sgd_step --lr $lr
      torch zero_grad [$w $b] | ignore
    }
  }
  step
  {w: $w b: $b}
}

def main []: nothing -> nothing {
  let data = measurements (parameter n_samples 60)
  probe data.X $data.X
  probe data.y $data.y
  let X = scaled $data.X
  probe scaled.X $X
  let model = (
    fit $X $data.y (parameter epochs 50) (parameter lr 0.3) (parameter penalty 0.01)
  )
  probe weights $model.w
  probe bias $model.b
  print $"weights (torch value $model.w | flatten) bias (torch value $model.b)"
}
