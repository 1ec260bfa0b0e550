# Makes traces, for programs that record with parity.nu.
#
# The job, trace and event formats are described in cases/FORMATS.md.

const here = path self | path dirname

# Environment variables by which a library computes otherwise.
const settings = [ATEN_CPU_CAPABILITY MKL_CBWR OPENBLAS_CORETYPE]

# Runs a block while the probes in it go to the trace of `instance`.
export def recording [
  instance: record # From the job file
  events: path # The job's event file
  block: closure # What to run
]: nothing -> nothing {
  mkdir $instance.trace
  "" | save --raw ($instance.trace | path join probes.jsonl)
  let recording = {
    id: $instance.id
    trace: $instance.trace
    events: $events
    inputs: $instance.inputs?
    parameters: ($instance.parameters? | default {})
  }
  if $instance.log? != null {
    # Files and where they begin, so that the plugin can tell lines from spans.
    (
      view files
      | torch oplog start $instance.trace --from $instance.log.from --to $instance.log.to
    )
  }
  with-env {PARITY_RECORDING: $recording PARITY_STEP: null} $block
  torch oplog stop
  save_rows $instance.trace
  let summary = {
    format: torch-parity-trace/1
    instance: $instance.id
    provenance: (provenance)
  }
  let partial = $instance.trace | path join trace.json.partial
  $summary | to json | save --raw $partial
  mv $partial ($instance.trace | path join trace.json)
}

# Makes one tensor of each probe that was recorded in steps, a row for each.
def save_rows [trace: path]: nothing -> nothing {
  let steps = $trace | path join steps
  if not ($steps | path exists) { return }
  for probe in (ls --short-names $steps | get name) {
    torch tidy {
      let rows = ls ($steps | path join $probe) | get name | sort | each {|file|
        torch load $file | values | first
      }
      {$probe: ($rows | torch stack)} | torch save ($trace | path join $"($probe).safetensors")
    }
  }
  rm --recursive $steps
}

# Reports progress; it is shown to people and never compared.
export def progress [
  epoch: int # Epochs done
  epochs: int # Epochs in all
  loss: float # The loss at that epoch
]: nothing -> nothing {
  let r = $env.PARITY_RECORDING
  {event: step instance: $r.id epoch: $epoch epochs: $epochs loss: $loss}
  | append_line $r.events
}

# Appends a record to a file as one line of JSON.
export def append_line [
  file: path # The file, made if it does not exist
]: record -> nothing {
  $"($in | to json --raw)\n" | save --append --raw $file
}

# Versions, threads and the hash of the port's files.
def provenance []: nothing -> record {
  # The shared files, and those beside the program that was started: a variant's.
  let files = [$here $env.FILE_PWD] | each {|folder| glob ($folder | path join "*.nu") }
  let files = $files | flatten | uniq | sort
  let torch = torch version
  {
    runtime: $"Nushell (version | get version)"
    plugin: "nu_plugin_torch"
    torch: $torch.torch
    cpu_capability: $torch.cpu_capability
    threads: ($env.OMP_NUM_THREADS? | default "1")
    default_dtype: (torch tensor 1.0 | torch dtype)
    sources_sha256: ($files | each {|f| open --raw $f } | str join | hash sha256)
    ...(
      $settings | where {|name| $name in $env }
      | reduce --fold {} {|name, set| $set | insert $name ($env | get $name) }
    )
  }
}
