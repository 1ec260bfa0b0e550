# Runs a job: one scenario after the other, with a probe at each agreed point.

use forward_pass.nu *
use cross_entropy.nu *
use sgd_training.nu train
use decision_grid.nu class_grid
use recorder.nu *

const known = [data-blobs forward-pass cross-entropy sgd-training decision-grid]

# Runs every instance of a job; an error in one is an event, and the next one
# still runs.
export def run_job [
  job: path # The job file
  generate: closure # Makes the data from the parameters: {X, y}
]: nothing -> nothing {
  let job = open $job
  for instance in $job.instances {
    let say = {|event, message = ""|
      {event: $event instance: $instance.id}
      | merge (if $message == "" { {} } else { {message: $message} })
      | append_line $job.events
    }
    if $instance.scenario not-in $known {
      do $say not_run $"no scenario '($instance.scenario)'"
      continue
    }
    do $say started
    try {
      torch set_default_dtype $instance.dtype
      torch set_products ($instance.products? | default blas)
      torch manual_seed $instance.seed
      recording $instance $job.events {
        torch tidy { run_scenario $instance.scenario $instance.parameters $generate }
      }
      do $say finished
    } catch {|e|
      torch oplog stop
      print --stderr ($e.rendered? | default $e.msg)
      do $say failed $e.msg
    }
  }
}

def run_scenario [
  scenario: string # Its name
  p: record # Its parameters
  generate: closure # Makes the data
]: any -> nothing {
  let data = do $generate $p
  probe data.X $data.X
  probe data.y $data.y
  if $scenario == data-blobs { return }

  let model = model_init --hid $p.hidden_size
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

def sgd_training [p: record, model: record, data: record]: any -> nothing {
  let losses = (
    train $model $data.X $data.y --epochs $p.epochs --lr ($p.lr | into float)
    --after_step {|epoch, loss|
      if $epoch == 1 {
        for name in ($model | columns) {
          probe $"grad.($name)" ($model | get $name | torch grad)
        }
        probe_parameters step $model
      }
      if $epoch mod 100 == 0 { step $epoch $p.epochs $loss }
    }
  )
  probe train.loss (torch tensor $losses)
  probe_parameters final $model
}

def decision_grid [p: record, model: record, data: record]: any -> nothing {
  (
    train $model $data.X $data.y --epochs $p.epochs --lr ($p.lr | into float)
    --after_step {|epoch, loss|
      if $epoch mod 100 == 0 { step $epoch $p.epochs $loss }
    }
  ) | ignore
  let grid = class_grid $model $data.X --step ($p.grid_step | into float)
  for name in [xs ys logits Z] { probe $"grid.($name)" ($grid | get $name) }
}

def probe_parameters [prefix: string, model: record]: nothing -> nothing {
  for name in ($model | columns) { probe $"($prefix).($name)" ($model | get $name) }
}
