# Looks at every component: what it is, where it is, and what to do if it is not. Sourced by the
# launcher. It changes nothing.

doctor_state=0

# component NAME STATE VERSION PATH [ADVICE]
component() {
  printf '%-10s %-8s %-22s %s\n' "$1" "$2" "$3" "$4"
  if [ "$2" != ok ]; then
    printf '%-10s          -> %s\n' '' "$5"
    doctor_state=4
  fi
}

# tool NAME VERSION_COMMAND ADVICE: a program that the machine brings along.
tool() {
  local path version
  if path=$(command -v "$1"); then
    version=$($2 2>/dev/null | head -n 1 || true)
    component "$1" ok "${version:0:22}" "$path"
  else
    component "$1" missing - - "$3"
  fi
}

# stamped NAME HASH STEP_STATE_OK VERSION PATH
stamped() {
  if [ ! -e "$5" ]; then
    component "$1" missing - "$5" "Run ./parity set-up"
  elif done_already "$2" "$3"; then
    component "$1" ok "$4" "$5"
  else
    component "$1" outdated "$4" "$5" "Run ./parity set-up: what it depends on has changed."
  fi
}

java_version() { java -version 2>&1 | sed -n '1s/.*version "\([^"]*\)".*/\1/p'; }
maven_version() { mvn --version | sed -n '1s/\x1b\[[0-9;]*m//gp' | cut -d' ' -f3; }

python_package() {
  find "$root"/python/.venv/lib/python3*/site-packages -maxdepth 1 -name "$1-*.dist-info" 2>/dev/null |
    sed -n "1s/.*$1-\(.*\)\.dist-info/\1/p"
}

doctor() {
  local nu python=$root/python/.venv/bin/python
  printf '%-10s %-8s %-22s %s\n' component state version path
  tool java java_version "Install a JDK, 17 or newer."
  tool mvn maven_version "Install Maven, 3.8 or newer."
  tool python3 "python3 --version" "Install Python 3.10 to 3.13 with pip and venv."
  tool npm "npm --version" "Install Node.js with npm."
  if command -v sha256sum >/dev/null || command -v shasum >/dev/null; then
    nu=$(nu_binary || true)
    stamped torch python "$(python_hash)" "$(python_package torch)" "$python"
    stamped nu nu "$(nu_hash)" "$([ -n "$nu" ] && "$nu" --version 2>/dev/null || echo -)" \
      "${nu:-$root/nu/node_modules}"
    stamped plugin build "$(build_hash)" \
      "$(ls "$root/engine/target/lib" 2>/dev/null | sed -n 's/^pytorch-\(.*\)-linux.*\.jar/\1/p')" \
      "$root/engine/target/engine.jar"
    stamped harness build "$(build_hash)" - "$root/harness/target/harness.jar"
  else
    component sha256sum missing - - "Install coreutils."
  fi
  return $doctor_state
}
