# A network of two layers: its parameters and its forward pass.

# Parameters, drawn in this order: w1 [hid, inp], b1 [hid], w2 [out, hid], b2 [out].
export def model_init [
  --inp: int = 2 # Number of input features
  --hid: int = 20 # Number of hidden units
  --out: int = 3 # Number of output classes
]: nothing -> record<w1: string, b1: string, w2: string, b2: string> {
  {
    w1: (torch randn $hid $inp --requires_grad true)
    b1: (torch randn $hid --requires_grad true)
    w2: (torch randn $out $hid --requires_grad true)
    b2: (torch randn $out --requires_grad true)
  }
}

# The parameters in the order in which they were drawn.
export def model_get_parameters [
  model: record<w1: string, b1: string, w2: string, b2: string> # The network
]: nothing -> list<string> {
  [$model.w1 $model.b1 $model.w2 $model.b2]
}

# Points [N, inp] -> hidden units [N, hid], after max(0, x).
export def model_hidden [
  model: record<w1: string, b1: string, w2: string, b2: string> # The network
]: string -> string {
  torch mm ($model.w1 | torch t)
  | torch add $model.b1
  | torch maximum (torch tensor 0.0)
}

# Points [N, inp] -> logits [N, out].
export def model_forward_pass [
  model: record<w1: string, b1: string, w2: string, b2: string> # The network
]: string -> string {
  model_hidden $model
  | torch mm ($model.w2 | torch t)
  | torch add $model.b2
}
