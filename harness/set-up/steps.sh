# Set-up steps: each is stamped with a hash of what it depends on, skipped while the hash stands,
# and done again from the start if it was interrupted. Sourced by the launcher, after $root is set.

stamps=$root/.parity/stamps
logs=$root/.parity/logs

# say TEXT...: progress, for people; stdout stays free for results.
say() { printf '%s\n' "$*" >&2; }

# fail TEXT... : the set-up cannot go on (exit 4).
fail() {
  say "parity: $*"
  exit 4
}

# digest FILE...: one hash over the names and contents of files and of standard input.
digest() {
  if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

# hash_of WORD... : hash of the step's words, then of every file on standard input (one a line).
hash_of() {
  { printf '%s\n' "$@"; LC_ALL=C sort | tr '\n' '\0' | xargs -0 -r "$(command -v sha256sum || echo shasum)"; } |
    digest | cut -d' ' -f1
}

# done_already NAME HASH: the step ran to its end for this very hash, and what it made is there
# (NAME_present looks).
done_already() { [ "$(cat "$stamps/$1" 2>/dev/null)" = "$2" ] && "$1_present"; }

# step NAME HASH TITLE FUNCTION: run FUNCTION unless the stamp stands.
step() {
  local name=$1 hash=$2 title=$3 action=$4 started=$SECONDS status running
  done_already "$name" "$hash" && return 0
  lock
  done_already "$name" "$hash" && return 0
  mkdir -p "$stamps" "$logs"
  rm -f "$stamps/$name"
  say "set-up: $title ..."
  # Not 'if ! action': that would switch errexit off inside the action.
  set +e
  watch
  set -m # a process group of its own
  (
    set +m
    sh -c 'echo $PPID' >&8 # BASHPID is not in Bash 3.2
    exec 8>&-
    set -e
    "$action"
  ) </dev/null >"$logs/$name.log" 2>&1 9>&- &
  running=$!
  set +m
  wait "$running"
  status=$?
  unwatch
  set -e
  if [ $status -ne 0 ]; then
    tail -n 20 "$logs/$name.log" >&2
    fail "set-up step '$name' failed (whole log: $logs/$name.log). Mend the cause above and run the same command again."
  fi
  printf '%s\n' "$hash" >"$stamps/$name.new" && mv "$stamps/$name.new" "$stamps/$name"
  say "set-up: $title: done in $((SECONDS - started)) s"
}

# watch: from now on the process group that a line on file descriptor 8 names is ended with this
# shell, however that ends: then the descriptor closes, of which the watcher holds the other end. The
# watcher has the lock, too, until the group is gone, so that the next set-up does not meet it.
watch() {
  exec 8> >(
    trap '' HUP INT TERM # a key pressed for this shell is not for the watcher
    read -r group && { read -r _ || kill -KILL -- "-$group"; }
  )
}

# unwatch: the group has ended by itself.
unwatch() {
  echo over >&8
  exec 8>&-
}

# lock: one set-up at a time in a checkout. The kernel frees the lock with the process, however it
# ends. The lock belongs to file descriptor 9 of this shell, so Python may take it for us; steps do
# not get it, as what they leave behind would keep it.
lock() {
  local status=0
  [ -n "${locked:-}" ] && return 0
  need python3 "Install Python 3.10 to 3.13 with pip and venv."
  mkdir -p "$root/.parity"
  exec 9>"$root/.parity/lock"
  take_lock "LOCK_EX | fcntl.LOCK_NB" || status=$?
  if [ $status -eq 75 ]; then
    say "set-up: another one is running in this checkout; waiting for it"
    status=0
    take_lock LOCK_EX || status=$?
  fi
  [ $status -eq 0 ] || fail "$(command -v python3) does not work (see above). Mend or reinstall Python 3.10 to 3.13."
  locked=yes
}

# take_lock MODE: 75 if somebody else has the lock; anything else but 0 if Python is broken.
take_lock() {
  python3 -c "
import fcntl, sys
try:
    fcntl.flock(9, fcntl.$1)
except BlockingIOError:
    sys.exit(75)
"
}

# need COMMAND ADVICE: a tool the machine must bring along.
need() {
  command -v "$1" >/dev/null || fail "'$1' is not on the PATH. $2"
}
