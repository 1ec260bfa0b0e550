# The classes that a network assigns to a grid over the data.

use forward_pass.nu model_forward_pass

# Axes xs and ys (1-D), logits [len(ys) * len(xs), 3], x fastest, and the
# classes Z [len(ys), len(xs)] int64.
export def class_grid [
  model: record<w1: string, b1: string, w2: string, b2: string> # The network
  X: string # Points [N, 2]
  --step: float = 0.1 # Distance of grid points
]: nothing -> record<xs: string, ys: string, logits: string, Z: string> {
  let points = $X | torch value
  let x_min = ($points | each {|p| $p.0 } | math min) - 1
  let x_max = ($points | each {|p| $p.0 } | math max) + 1
  let y_min = ($points | each {|p| $p.1 } | math min) - 1
  let y_max = ($points | each {|p| $p.1 } | math max) + 1

  let xs = torch arange $x_min $x_max $step
  let ys = torch arange $y_min $y_max $step
  let len_xs = $xs | torch shape | first
  let len_ys = $ys | torch shape | first
  let mesh = [
    ($xs | torch repeat $len_ys)
    ($ys | torch repeat_interleave $len_xs)
  ] | torch stack --dim 1

  let logits = $mesh | model_forward_pass $model | torch detach
  let Z = $logits | torch argmax --dim 1 | torch reshape [$len_ys $len_xs]

  {xs: $xs ys: $ys logits: $logits Z: $Z}
}
