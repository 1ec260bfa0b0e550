# Optimizers: a record of hyperparameters and state, which `step` hands on.
#
#   use optim.nu
#   mut opt = optim adam $params --lr 0.01
#   ... backward ...
#   $opt = $opt | optim step
#
# The arithmetic is that of torch.optim of PyTorch 2.13 for single tensors, in
# the same order of the same operations. State lives in tensors that a step
# changes in place; `torch free ($opt | optim state)` gives them back.

# Stochastic gradient descent with momentum.
export def sgd [
  params: list<string> # Ids of the tensors to train
  --lr: float = 0.001 # Learning rate
  --momentum: float = 0.0 # Share of the velocity that stays
  --dampening: float = 0.0 # Share of the gradient that the velocity leaves out
  --weight_decay: float = 0.0 # Factor of the parameters that is added to gradients
  --nesterov # Look ahead along the velocity
]: nothing -> record {
  if $nesterov and ($momentum <= 0 or $dampening != 0) {
    error make {
      msg: "Nesterov momentum requires a momentum and zero dampening"
      labels: [{text: "in this call" span: (metadata $params).span}]
    }
  }
  {
    kind: sgd
    params: $params
    lr: $lr
    momentum: $momentum
    dampening: $dampening
    weight_decay: $weight_decay
    nesterov: $nesterov
    velocity: (if $momentum == 0 { [] } else { $params | each { torch zeros_like } })
    steps: ($params | each { 0 })
  }
}

# Adam.
export def adam [
  params: list<string> # Ids of the tensors to train
  --lr: float = 0.001 # Learning rate
  --beta1: float = 0.9 # Share of the mean gradient that stays
  --beta2: float = 0.999 # Share of the mean squared gradient that stays
  --eps: float = 1e-8 # Added to the divisor
  --weight_decay: float = 0.0 # Factor of the parameters that is added to gradients
]: nothing -> record {
  {
    kind: adam
    params: $params
    lr: $lr
    beta1: $beta1
    beta2: $beta2
    eps: $eps
    weight_decay: $weight_decay
    mean: ($params | each { torch zeros_like })
    square: ($params | each { torch zeros_like })
    steps: ($params | each { 0 })
  }
}

# Changes the parameters in place by their gradients. Those without one stay.
export def step []: record -> record {
  let opt = $in
  let steps = torch tidy {
    torch no_grad {
      mut steps = $opt.steps
      for p in ($opt.params | enumerate) {
        let grad = torch grad $p.item
        if $grad != null {
          let taken = $steps | get $p.index
          let grad = decayed $grad $p.item $opt.weight_decay
          if $opt.kind == sgd {
            sgd_update $opt $p.index $grad $taken
          } else {
            adam_update $opt $p.index $grad ($taken + 1)
          }
          $steps = $steps | update $p.index ($taken + 1)
        }
      }
      $steps
    }
  }
  $opt | update steps $steps
}

# Sets the parameters' gradients to zero.
export def zero_grad []: record -> record {
  let opt = $in
  torch zero_grad $opt.params | ignore
  $opt
}

# Ids of the tensors that hold the optimizer's state.
export def state []: record -> list<string> {
  let opt = $in
  if $opt.kind == sgd { $opt.velocity } else { $opt.mean ++ $opt.square }
}

def decayed [grad: string, param: string, decay: float]: nothing -> string {
  if $decay == 0 { $grad } else { torch add $grad $param --alpha $decay }
}

def sgd_update [
  opt: record
  index: int
  grad: string
  steps: int # Taken before this one
]: nothing -> nothing {
  let param = $opt.params | get $index
  let direction = if $opt.momentum == 0 { $grad } else {
    let velocity = $opt.velocity | get $index
    let moved = if $steps == 0 { $grad } else {
      torch mul $velocity $opt.momentum
      | torch add $grad --alpha (1 - $opt.dampening)
    }
    torch copy_ $velocity $moved | ignore
    if $opt.nesterov {
      torch add $grad $velocity --alpha $opt.momentum
    } else { $velocity }
  }
  torch copy_ $param (torch add $param $direction --alpha (0 - $opt.lr)) | ignore
}

def adam_update [
  opt: record
  index: int
  grad: string
  steps: int # This one included
]: nothing -> nothing {
  let param = $opt.params | get $index
  let mean = $opt.mean | get $index
  let square = $opt.square | get $index
  torch copy_ $mean (torch lerp $mean $grad (1 - $opt.beta1)) | ignore
  let decayed = torch mul $square $opt.beta2
  torch copy_ $square (
    torch addcmul $decayed $grad $grad --value (1 - $opt.beta2)
  ) | ignore
  let correction1 = 1 - $opt.beta1 ** $steps
  let correction2 = 1 - $opt.beta2 ** $steps
  let divisor = (
    torch sqrt $square
    | torch div ($correction2 ** 0.5)
    | torch add $opt.eps
  )
  torch copy_ $param (
    torch addcdiv $param $mean $divisor --value (0 - $opt.lr / $correction1)
  ) | ignore
}
