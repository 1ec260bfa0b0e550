# Builds the Java modules. Sourced by the launcher.

build_hash() {
  { find "$root" -name pom.xml -not -path '*/node_modules/*' -not -path '*/.venv/*'
    find "$root/cases/src/main" "$root/engine/src/main" "$root/harness/src/main" -type f
  } | hash_of java-build-2
}

build() {
  need java "Install a JDK, 17 or newer."
  need mvn "Install Maven, 3.8 or newer."
  (cd "$root" && mvn --batch-mode --no-transfer-progress -DskipTests -Dset-up.skip=true package)
  dump_classes
}

# dump_classes: class-data archives, which save a JVM half of its start. Only the very Java and the
# very jars that made an archive can read it; without one everything works, slower.
dump_classes() {
  local engine=$root/engine
  rm -f "$engine/target/engine.jsa" "$root/harness/target/harness.jsa"
  PARITY_DUMP_CLASSES=$engine/target/engine.jsa "$engine/jvm_port" --epochs 2 || true
  (PARITY_DUMP_CLASSES=yes && harness list) || true
}
