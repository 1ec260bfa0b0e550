# Which Java: one answer for the launcher, the build, the doctor and the engine. Sourced; POSIX sh.

# java_program: path of the java to use. Fails with 4 and advice if there is none.
java_program() {
  if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/java" ] && printf '%s\n' "$JAVA_HOME/bin/java" && return 0
    echo "parity: JAVA_HOME is $JAVA_HOME, where there is no bin/java. Set it to a JDK, 17 or newer, or unset it." >&2
    return 4
  fi
  command -v java && return 0
  echo "parity: 'java' is not on the PATH. Install a JDK, 17 or newer, or set JAVA_HOME to one." >&2
  return 4
}
