# Starts one of the engine's programs: java.sh MAIN_CLASS ARGUMENT... Sourced, after $engine is set.
# The class-data archive is $archive, if that is set.
# Classes in the folder $PARITY_CLASSES stand before the engine's own.
# C1 alone and the serial collector start faster, and the work is libtorch's, not ours.
. "$engine/java_program.sh"
java=$(java_program) || exit 4
if [ ! -f "$engine/target/engine.jar" ]; then
  echo "parity: the engine is not built. Run ./parity set-up." >&2
  exit 4
fi
archive=$engine/target/${archive:-engine.jsa}
set -- -cp "${PARITY_CLASSES:+$PARITY_CLASSES:}$engine/target/engine.jar:$engine/target/lib/*" "$@"
if [ -n "${PARITY_DUMP_CLASSES:-}" ]; then
  set -- "-XX:ArchiveClassesAtExit=$PARITY_DUMP_CLASSES" "$@"
elif [ -f "$archive" ]; then
  set -- "-XX:SharedArchiveFile=$archive" -Xlog:disable "$@"
  # An archive shows that the native libraries were extracted and loaded once. JavaCPP's search for
  # them, and for some hundred that may stand beside them, takes half of a start: it is told where.
  libraries= found=
  for jar in "$engine"/target/lib/*-linux-x86_64.jar; do
    for folder in "$engine/../.parity/javacpp/${jar##*/}"/org/bytedeco/*/linux-x86_64; do
      libraries=$libraries$folder:
      [ ! -f "$folder/libjnitorch.so" ] || found=yes
    done
  done
  if [ -n "$found" ]; then
    set -- -Dorg.bytedeco.javacpp.findlibraries=false "-Djava.library.path=$libraries" "$@"
  fi
fi
# From Java 23 on, each start would complain about what the protocol's library does with memory.
release=$(dirname "$(readlink -f "$java" || echo "$java")")/../release
case $(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release" 2>/dev/null) in
  2[3-9] | [3-9][0-9]) set -- --sun-misc-unsafe-memory-access=allow "$@" ;;
esac
# One thread, as the engine says later, too: OpenBLAS would start its own at once, and they spin.
[ -n "${OPENBLAS_NUM_THREADS:-}${OMP_NUM_THREADS:-}" ] || export OPENBLAS_NUM_THREADS=1
exec "$java" \
  -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto --enable-native-access=ALL-UNNAMED \
  "-XX:ErrorFile=$engine/target/crash-%p.log" \
  "-Dorg.bytedeco.javacpp.cachedir=$engine/../.parity/javacpp" "$@"
