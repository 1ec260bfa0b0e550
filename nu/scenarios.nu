# Runs a job: one scenario after the other, with a probe at each agreed point.

use forward_pass.nu *
use cross_entropy.nu *
use sgd_training.nu train
use decision_grid.nu class_grid
use parity.nu *
use jobs.nu each_instance
use recorder.nu progress

# Parameters that each scenario needs.
const needed = {
  data-blobs: [n_samples centers cluster_std skew_factor]
  forward-pass: [n_samples centers cluster_std skew_factor hidden_size]
  cross-entropy: [n_samples centers cluster_std skew_factor hidden_size]
  sgd-training: [
    n_samples centers cluster_std skew_factor hidden_size epochs lr state_every
  ]
  training-steps: [lr]
  decision-grid: [
    n_samples centers cluster_std skew_factor hidden_size epochs lr grid_step
  ]
}

# Runs every instance of a job.
export def run_job [
  job: path # The job file
  generate: closure # Makes the data from the parameters: {X, y}
]: nothing -> nothing {
  each_instance $job --knows ($needed | columns) {|instance|
    check_parameters $instance
    run_scenario $instance.scenario $instance.parameters $generate
  }
}

# Names the first parameter that is missing; inputs may stand in for some.
def check_parameters [instance: record]: nothing -> nothing {
  if $instance.inputs? != null { return }
  for name in ($needed | get $instance.scenario) {
    if $name not-in $instance.parameters {
      error make {msg: $"parameter '($name)' is missing"}
    }
  }
}

def run_scenario [
  scenario: string # Its name
  p: record # Its parameters
  generate: closure # Makes the data
]: any -> nothing {
  if $scenario == training-steps {
    training_steps $p
    return
  }
  let given = given
  let data = if "data.X" in $given {
    {X: $given.'data.X' y: $given.'data.y'}
  } else {
    do $generate $p
  }
  probe data.X $data.X
  probe data.y $data.y
  if $scenario == data-blobs { return }

  let model = if "init.w1" in $given {
    let given = given --requires_grad true
    {w1: $given.'init.w1' b1: $given.'init.b1' w2: $given.'init.w2' b2: $given.'init.b2'}
  } else {
    model_init --hid $p.hidden_size
  }
  probe_parameters init $model
  match $scenario {
    "forward-pass" => { forward_pass $model $data }
    "cross-entropy" => { cross_entropy $model $data }
    "sgd-training" => { sgd_training $p $model $data }
    "decision-grid" => { decision_grid $p $model $data }
  }
}

def forward_pass [model: record, data: record]: any -> nothing {
  probe forward.hidden ($data.X | model_hidden $model)
  probe forward.logits ($data.X | model_forward_pass $model)
}

def cross_entropy [model: record, data: record]: any -> nothing {
  forward_pass $model $data
  let logits = $data.X | model_forward_pass $model
  let log_probs = $logits | log_probabilities
  probe loss.log_probs $log_probs
  probe loss.chosen ($log_probs | chosen $data.y)
  probe loss.value ($logits | cross_entropy_loss $data.y)
}

# Losses come one by one, so that the states between them can be kept.
def sgd_training [p: record, model: record, data: record]: any -> nothing {
  let every = $p.state_every
  if $every < 1 or $every > $p.epochs {
    error make {msg: "parameter 'state_every' must be 1 to 'epochs'"}
  }
  let epochs = (
    train $model $data.X $data.y --epochs $p.epochs --lr ($p.lr | into float)
    --after_step {|epoch, loss|
      if $epoch == 1 {
        for name in ($model | columns) {
          probe $"grad.($name)" ($model | get $name | torch grad)
        }
        probe_parameters step $model
      }
      if $epoch mod 100 == 0 { progress $epoch $p.epochs $loss }
    }
  ) | enumerate | each {|epoch|
    let states = if ($epoch.index + 1) mod $every == 0 {
      $model | values | each {|w| $w | torch detach | torch clone }
    }
    {loss: $epoch.item states: $states}
  }

  let states = $epochs.states | compact
  for name in ($model | columns | enumerate) {
    probe $"train.($name.item)" ($states | each {|state| $state | get $name.index } | torch stack)
  }
  probe_losses $epochs.loss
  probe_parameters final $model
  let logits = $data.X | model_forward_pass $model | torch detach
  probe final.logits $logits
  probe final.classes ($logits | torch argmax --dim 1)
}

# One step from each of the given states: no time for rounding to grow.
def training_steps [p: record]: any -> nothing {
  let given = given
  let names = [w1 b1 w2 b2]
  let states = $names | each {|name| $given | get $"states.($name)" | torch value }
  let results = 0..<($states.0 | length) | each {|s|
    let parameters = $states | each {|state| $state | get $s | torch tensor --requires_grad true }
    let model = $names | zip $parameters | into record
    let loss = (
      train $model $given.'data.X' $given.'data.y' --epochs 1 --lr ($p.lr | into float)
    )
    {
      loss: $loss.0
      grads: ($parameters | each {|w| $w | torch grad })
      steps: ($parameters | each {|w| $w | torch detach })
    }
  }
  probe steps.loss (torch tensor $results.loss)
  for name in ($names | enumerate) {
    let i = $name.index
    probe $"steps.grad.($name.item)" ($results | each {|r| $r.grads | get $i } | torch stack)
    probe $"steps.($name.item)" ($results | each {|r| $r.steps | get $i } | torch stack)
  }
}

def decision_grid [p: record, model: record, data: record]: any -> nothing {
  let losses = (
    train $model $data.X $data.y --epochs $p.epochs --lr ($p.lr | into float)
    --after_step {|epoch, loss|
      if $epoch mod 100 == 0 { progress $epoch $p.epochs $loss }
    }
  )
  probe_losses $losses
  let grid = class_grid $model $data.X --step ($p.grid_step | into float)
  for name in [xs ys logits Z] { probe $"grid.($name)" ($grid | get $name) }
}

def probe_losses [losses: list<float>]: nothing -> nothing {
  probe train.loss (torch tensor $losses)
}

def probe_parameters [prefix: string, model: record]: nothing -> nothing {
  for name in ($model | columns) { probe $"($prefix).($name)" ($model | get $name) }
}
