# Builds the Java modules. Sourced by the launcher.

build_hash() {
  { printf '%s\n' "$root/pom.xml" "$root"/*/pom.xml
    find "$root/cases/src/main" "$root/engine/src/main" "$root/harness/src/main" -type f
  } | hash_of java-build-2
}

# build_present: every jar of the last build is there.
build_present() {
  local jar
  [ -s "$stamps/build.products" ] || return 1
  while IFS= read -r jar; do
    [ -e "$root/$jar" ] || return 1
  done <"$stamps/build.products"
}

build() {
  java_program >/dev/null
  need_jdk
  need mvn "Install Maven, 3.8 or newer."
  (cd "$root" && mvn --batch-mode --no-transfer-progress -DskipTests -Dset-up.skip=true package)
  dump_classes
  (cd "$root" && ls engine/target/engine.jar engine/target/lib/*.jar \
    harness/target/harness.jar harness/target/lib/*.jar) >"$stamps/build.products.new"
  mv "$stamps/build.products.new" "$stamps/build.products"
}

# javac_program: path of the compiler that belongs to java_program, or empty.
javac_program() {
  if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/javac" ] && printf '%s\n' "$JAVA_HOME/bin/javac"
  else
    command -v javac
  fi
}

need_jdk() {
  javac_program >/dev/null || fail "There is no javac beside java: it is a JRE. Install a JDK, 17 or newer."
}

# dump_classes: class-data archives, which save a JVM half of its start. Only the very Java and the
# very jars that made an archive can read it; without one everything works, slower.
dump_classes() {
  local engine=$root/engine
  rm -f "$engine/target/engine.jsa" "$engine/target/plugin.jsa" "$root/harness/target/harness.jsa"
  PARITY_DUMP_CLASSES=$engine/target/engine.jsa "$engine/jvm_port" --epochs 2 || true
  (PARITY_DUMP_CLASSES=$engine/target/plugin.jsa && archive=plugin.jsa &&
    set -- torchparity.engine.plugin.Rehearsal && . "$engine/java.sh") || true
  (PARITY_DUMP_CLASSES=yes && harness list) || true
}
