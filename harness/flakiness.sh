#!/usr/bin/env bash
# Runs the fast end-to-end tests again and again with a core kept busy, on the JDK of JAVA_HOME, and
# counts. Exit code 1 if any round fails; the log of each that does is kept.
# Usage: harness/flakiness.sh [ROUNDS]     20 by default, of about a minute and a half each
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd -P)
rounds=${1:-20}
if ! [[ $rounds =~ ^[1-9][0-9]{0,2}$ ]]; then
  echo "usage: harness/flakiness.sh [ROUNDS], from 1 to 999" >&2
  exit 2
fi
if ! command -v mvn >/dev/null; then
  echo "flakiness.sh: Maven is missing: mvn is not on the PATH" >&2
  exit 4
fi
logs=$root/harness/target/flakiness
cd "$root"
mkdir -p "$logs"

# Without the compiler's search for changed dependencies, which would compile all again in each round,
# and under C1, as the launcher starts the harness.
build=(mvn --batch-mode --no-transfer-progress --offline -Dspotless.check.skip=true
  -Dcyclonedx.skip=true "-DargLine=-XX:TieredStopAtLevel=1" -Dmaven.compiler.useIncrementalCompilation=false)
"$root/parity" set-up
"${build[@]}" --quiet -Dset-up.skip=true -DskipTests verify

while kill -0 $$ 2>/dev/null; do :; done & # ends with this script, however that ends
busy=$!
trap 'kill "$busy"' EXIT

"${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2>&1 | head -1
failed=0
for ((round = 1; round <= rounds; round++)); do
  log=$logs/round-$round.log
  started=$SECONDS
  if "${build[@]}" -Dset-up.skip=true -Dgroups=fast verify >"$log" 2>&1; then
    verdict=passed
  else
    verdict=FAILED
    failed=$((failed + 1))
  fi
  tests=$(awk '/Tests run: .*Skipped: [0-9]+$/ {sub(",", "", $4); n += $4} END {print n + 0}' "$log")
  echo "round $round of $rounds: $verdict, $tests tests, $((SECONDS - started)) s"
  if [ "$verdict" = passed ]; then
    rm "$log"
  else
    grep --max-count=5 'ERROR' "$log" | cut -c -200
  fi
done
echo "$failed of $rounds rounds failed"
[ "$failed" = 0 ]
