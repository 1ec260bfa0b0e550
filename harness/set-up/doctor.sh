# Looks at every component: what it is, where it is, and what to do if it is not. Sourced by the
# launcher. It changes nothing.

doctor_state=0

# component NAME STATE VERSION PATH [ADVICE]
component() {
  printf '%-11s %-8s %-22s %s\n' "$1" "$2" "$3" "$4"
  if [ "$2" != ok ]; then
    printf '%-11s          -> %s\n' '' "$5"
    doctor_state=4
  fi
}

# tool NAME PATH VERSION_COMMAND FLOOR BELOW ADVICE: a program that the machine brings along; its
# version is at least FLOOR and less than BELOW, where these are given.
tool() {
  local version
  if [ -z "$2" ] || [ ! -x "$2" ]; then
    component "$1" missing - "${2:--}" "$6"
    return
  fi
  version=$($3 2>/dev/null | head -n 1) || version=
  if [[ ! $version =~ ^[0-9] ]]; then
    component "$1" broken - "$2" "It does not tell its version. $6"
  elif [ -n "$4" ] && ! at_least "$version" "$4"; then
    component "$1" 'too old' "${version:0:22}" "$2" "$6"
  elif [ -n "$5" ] && at_least "$version" "$5"; then
    component "$1" 'too new' "${version:0:22}" "$2" "$6"
  else
    component "$1" ok "${version:0:22}" "$2"
  fi
}

# at_least VERSION FLOOR
at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]; }

# stamped NAME STEP HASH VERSION PATH: a part of what a set-up step makes.
stamped() {
  if [ -z "$4" ] || [ ! -e "$5" ] || ! "$2_present"; then
    component "$1" missing "${4:--}" "$5" "Run ./parity set-up"
  elif done_already "$2" "$3"; then
    component "$1" ok "$4" "$5"
  else
    component "$1" outdated "$4" "$5" "Run ./parity set-up: what it depends on has changed."
  fi
}

java_version() { "$java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p'; }
javac_version() { "$javac" -version 2>&1 | sed -n 's/^javac //p'; }
maven_version() { mvn --version | sed -n 's/\x1b\[[0-9;]*m//g; s/^Apache Maven \([^ ]*\).*/\1/p'; }
python_version() { python3 --version | sed -n 's/^Python //p'; }
node_version() { node --version | sed -n 's/^v//p'; }
npm_version() { npm --version; }
nu_version() { "$1" --version 2>/dev/null || true; }

# python_package NAME: its version, if both its folder and its record are there.
python_package() {
  local packages
  for packages in "$root"/python/.venv/lib/python3*/site-packages; do
    [ -d "$packages/$1" ] &&
      find "$packages" -maxdepth 1 -name "$1-*.dist-info" | sed -n "1s/.*$1-\(.*\)\.dist-info/\1/p"
  done
  return 0
}

machine() {
  local java javac jdk="Install a JDK, 17 or newer, or set JAVA_HOME to one."
  java=$(java_program 2>/dev/null) || java=${JAVA_HOME:+$JAVA_HOME/bin/java}
  javac=$(javac_program) || javac=${JAVA_HOME:+$JAVA_HOME/bin/javac}
  tool java "$java" java_version 17 '' "$jdk"
  tool javac "$javac" javac_version 17 '' "$jdk"
  tool mvn "$(command -v mvn)" maven_version 3.8 '' "Install Maven, 3.8 or newer."
  tool python3 "$(command -v python3)" python_version 3.10 3.14 \
    "Install Python 3.10 to 3.13 with pip and venv."
  tool node "$(command -v node)" node_version '' '' "Install Node.js with npm."
  tool npm "$(command -v npm)" npm_version '' '' "Install Node.js with npm."
}

checkout() {
  local nu name packages
  nu=$(nu_binary || true)
  packages=$(find "$root/python/.venv/lib" -maxdepth 2 -name site-packages 2>/dev/null | head -n 1)
  for name in torch numpy safetensors matplotlib; do
    stamped $name python "$(python_hash)" "$(python_package $name)" \
      "${packages:-$root/python/.venv}/$name"
  done
  stamped nu nu "$(nu_hash)" "$([ -n "$nu" ] && nu_version "$nu")" "${nu:-$root/nu/node_modules}"
  stamped plotly pages "$(pages_hash)" \
    "$(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$root/harness/pages/node_modules/plotly.js-cartesian-dist-min/package.json" 2>/dev/null)" \
    "$root/harness/pages/node_modules"
  stamped plugin build "$(build_hash)" \
    "$(ls "$root/engine/target/lib" 2>/dev/null | sed -n 's/^pytorch-\(.*\)-linux.*\.jar/\1/p')" \
    "$root/engine/target/engine.jar"
  stamped harness build "$(build_hash)" \
    "$(sed -n '/<artifactId>torch-parity</,/<version>/s/.*<version>\(.*\)<.*/\1/p' "$root/pom.xml" | head -n 1)" \
    "$root/harness/target/harness.jar"
}

doctor() {
  set +e # A look that fails is a finding.
  printf '%-11s %-8s %-22s %s\n' component state version path
  machine
  if command -v sha256sum >/dev/null || command -v shasum >/dev/null; then
    checkout
  else
    component sha256sum missing - - "Install coreutils."
  fi
  return $doctor_state
}
