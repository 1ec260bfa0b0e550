#!/bin/sh
# Times Java's own share of a plugin call with JMH, with the plugin's own JVM flags.
# Usage: engine/benchmark/call.sh [JMH OPTIONS]; JMH and its processor come from Maven.
set -e
here=$(cd "$(dirname "$0")" && pwd -P)
engine=$(dirname "$here")
out=$engine/target/jmh
mkdir -p "$out/classes"
for artifact in org.openjdk.jmh:jmh-core:1.37 org.openjdk.jmh:jmh-generator-annprocess:1.37 \
  net.sf.jopt-simple:jopt-simple:5.0.4 org.apache.commons:commons-math3:3.6.1; do
  [ -f "$out/$(echo "$artifact" | cut -d: -f2)-$(echo "$artifact" | cut -d: -f3).jar" ] ||
    mvn -B -ntp -q dependency:copy "-Dartifact=$artifact" "-DoutputDirectory=$out"
done
classpath="$out/*:$engine/target/engine.jar:$engine/target/lib/*"
javac -proc:full -d "$out/classes" -cp "$classpath" "$here/CallBenchmark.java" 2>/dev/null ||
  javac -d "$out/classes" -cp "$classpath" "$here/CallBenchmark.java"
exec java -cp "$out/classes:$classpath" org.openjdk.jmh.Main CallBenchmark -f 1 -wi 5 -w 1 -i 7 -r 1 \
  -jvmArgsAppend "-XX:+UseSerialGC -Dorg.bytedeco.javacpp.cachedir=$engine/../.parity/javacpp" "$@"
