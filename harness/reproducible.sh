#!/usr/bin/env bash
# Builds the committed sources twice, in two fresh clones in different folders, and compares the
# digests of our jars and of the bill of materials. Exit code 1 if any differs. Takes a few minutes.
# Usage: harness/reproducible.sh [MAVEN_OPTION...]     not --offline: the bill of materials is left out there
set -euo pipefail
umask 022 # a jar holds its folders' and files' modes
root=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# built FOLDER [MAVEN_OPTION...]: the digests of what a build in a clone there makes.
built() {
  local folder=$1
  shift
  git clone --quiet "$root" "$folder"
  cd "$folder"
  mvn --batch-mode --no-transfer-progress --quiet -DskipTests -Dset-up.skip=true "$@" package >&2
  sha256sum cases/target/*.jar engine/target/*.jar harness/target/*.jar harness/target/bom.json
}

(built "$work/first" "$@") >"$work/first.txt"
sleep 2 # a time stamp that a build writes down is another one the second time
(TZ=Asia/Tokyo built "$work/another/folder" "$@") >"$work/second.txt"

cat "$work/first.txt"
if ! diff "$work/first.txt" "$work/second.txt"; then
  echo "not reproducible: the files above differ between two builds of the same sources"
  exit 1
fi
echo "reproducible: two builds give the same $(wc -l <"$work/first.txt") files"
