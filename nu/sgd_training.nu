# Gradient descent on all points at once.

use forward_pass.nu [model_get_parameters model_forward_pass]
use cross_entropy.nu cross_entropy_loss

# The loss of every epoch, before that epoch's step; each comes as soon as it is known.
export def train [
  model: record<w1: string, b1: string, w2: string, b2: string> # Changed in place
  X: string # Points [N, 2]
  y: string # Labels [N] int64
  --epochs: int = 1000 # Number of steps
  --lr: float = 0.1 # Learning rate
  --after_step: closure # Called with the epoch, from 1, and its loss
]: nothing -> list<float> {
  let ps = model_get_parameters $model

  # 1..0 would count down.
  1..<($epochs + 1) | each {|epoch|
    let loss: float = torch tidy {
      # forward and loss
      let logits = $X | model_forward_pass $model
      let loss = $logits | cross_entropy_loss $y

      # zero existing grads, back-prop, SGD update
      $ps | torch zero_grad | ignore
      $loss | torch backward | ignore
      torch sgd_step $ps --lr $lr | ignore

      $loss | torch value
    }
    if $after_step != null { do $after_step $epoch $loss }
    $loss
  }
}
