# Runs a program for a job of Torch Parity's: its `main`, for each instance, with
# the seed and the default dtype set.

const here = path self | path dirname

def main [
  program: path # A .nu file with a `main`
  --job: path # Job file to run
]: nothing -> nothing {
  # Nushell reads a program's commands when it parses: this text is parsed with the program's name.
  let text = [
    $"use ($here | path join jobs.nu | to json) each_instance"
    $"source ($program | path expand | to json)"
    $"each_instance ($job | to json) {|instance| main | ignore }"
  ]
  let plugin = $here | path join .. engine nu_plugin_torch | path expand
  cd ($program | path expand | path dirname)
  exec $nu.current-exe -n --plugins $plugin -I $here -c ($text | str join "\n")
}
