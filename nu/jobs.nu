# Runs the instances of a job, one after the other.

use recorder.nu *

# Runs a block for every instance of a job, while probes go to its trace; an
# error in one is an event, and the next one still runs.
export def each_instance [
  job: path # The job file
  --knows: list<string> # The scenarios there are; any, if not given
  block: closure # What to run for an instance
]: nothing -> nothing {
  let job = open $job
  for instance in $job.instances {
    let say = {|event, message = ""|
      {event: $event instance: $instance.id}
      | merge (if $message == "" { {} } else { {message: $message} })
      | append_line $job.events
    }
    if $knows != null and $instance.scenario not-in $knows {
      do $say not_run $"no scenario '($instance.scenario)'"
      continue
    }
    do $say started
    try {
      torch set_default_dtype $instance.dtype
      torch set_products ($instance.products? | default blas)
      torch manual_seed $instance.seed
      recording $instance $job.events {
        torch tidy { do $block $instance }
      }
      do $say finished
    } catch {|e|
      torch oplog stop
      print --stderr ($e.rendered? | default $e.msg)
      do $say failed (innermost $e.details)
    }
  }
}

# What went wrong first: Nushell wraps an error in one for each block around it.
def innermost [
  details: record # Of the error, as `catch` has it
]: nothing -> string {
  if ($details.inner? | is-not-empty) {
    innermost $details.inner.0
  } else {
    [$details.msg ...($details.labels?.text? | default [])]
    | where ($it | is-not-empty) | str join ": "
  }
}
