# Records a probe twice with the Nushell port's recorder, which must refuse.

use ../../../../../nu/parity.nu *
use ../../../../../nu/recorder.nu recording

def main [
  root: path # The project's folder
  trace: path # Folder of the trace
]: nothing -> nothing {
  try {
    recording {id: twice trace: $trace} $"($trace).events" {
      probe x (torch tensor 0.0)
      probe x (torch tensor 1.0)
    }
  } catch {|e|
    print $e.msg
  }
}
