# Records tensors of a program for Torch Parity: `use parity.nu *`.
#
#     for epoch in 1..$epochs {
#       step $epoch
#       probe loss $loss
#     }
#     step
#     probe weights $w
#
# Without the harness none of this does anything. Which trace is being written
# stands in $env.PARITY_RECORDING, as Nushell has no other state that a command
# deep in a program could ask.

# Records a copy of a tensor; in a step, a row of a tensor.
export def probe [
  name: string # Name of the probe, for example data.X
  tensor: any # Id of the tensor, a number or a list of numbers
]: nothing -> nothing {
  if $env.PARITY_RECORDING? == null { return }
  let trace = $env.PARITY_RECORDING.trace
  let tensor = if ($tensor | describe) == string { $tensor } else { torch tensor $tensor }
  let n = $env.PARITY_STEP?
  let file = if $n == null {
    $trace | path join $"($name).safetensors"
  } else {
    let rows = $trace | path join steps $name
    mkdir $rows
    $rows | path join $"($n | fill --alignment right --width 9 --character '0').safetensors"
  }
  if ($file | path exists) {
    error make {msg: $"probe '($name)' was recorded twice(if $n == null { '' } else { $' in step ($n)' })"}
  }
  let isNew = $n == null or (ls ($file | path dirname) | is-empty)
  let caller = (metadata $name).span
  {(if $n == null { $name } else { $"($name).($n)" }): $tensor} | torch save $file --caller $caller
  if $isNew { {probe: $name} | append_line ($trace | path join probes.jsonl) }
}

# Begins step n of a loop; without a number, the loop is over.
export def --env step [
  n?: int # From 1, upwards
]: nothing -> nothing {
  if $env.PARITY_RECORDING? == null { return }
  $env.PARITY_STEP = $n
  if $n != null and $n mod 100 == 0 {
    let r = $env.PARITY_RECORDING
    {event: step instance: $r.id epoch: $n} | append_line $r.events
  }
}

# The case's parameter of this name; `default` if it has none, or without the harness.
export def parameter [
  name: string # Of the parameter
  default: any # What to take instead
]: nothing -> any {
  let value = $env.PARITY_RECORDING?.parameters? | default {} | get --optional $name
  if $value == null {
    $default
  } else if ($default | describe) == float {
    $value | into float
  } else if ($default | describe) == int {
    $value | into int
  } else {
    $value
  }
}

# The tensors that the job gives to stand in for probes, by the probes' names.
export def given [
  --requires_grad = false # Whether gradients are computed for them
]: nothing -> record {
  let file = $env.PARITY_RECORDING?.inputs?
  if $file == null { {} } else { torch load $file --requires_grad $requires_grad }
}

# Appends a record to a file as one line of JSON.
def append_line [
  file: path # The file, made if it does not exist
]: record -> nothing {
  $"($in | to json --raw)\n" | save --append --raw $file
}
