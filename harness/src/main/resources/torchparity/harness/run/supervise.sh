# supervise MARK PROGRAM ARGUMENT...: runs a program, and ends it when whoever started it is gone.
#
# Standard input is a pipe of which the starter holds the other end. It closes with the starter,
# however that ends. Bash, from 3.2: job control gives the program a process group of its own.
set -m
umask 077
ulimit -c 0 # a crash leaves no core file in the user's folder
export TORCH_PARITY_RUN=$1
shift
# This shell falls silent first: it would report the end of a program that is quicker than it.
exec 3<&0 4>&1 5>&2 >/dev/null 2>&1
exec -- "$@" </dev/null >&4 2>&5 3<&- 4>&- 5>&- & # a program, and none of this shell's own words
port=$!
exec 4>&- 5>&-
{
  read -r _ <&3
  # What left the group carries the mark, and goes first: this shell ends with the program.
  # It may start others between the look and its end: ten looks at most, until nobody is there.
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    found=
    for environ in $(grep -als -e "TORCH_PARITY_RUN=$TORCH_PARITY_RUN" /proc/[0-9]*/environ); do
      pid=${environ#/proc/}
      pid=${pid%/environ}
      [ "$pid" = "$port" ] || ! kill -KILL "$pid" || found=yes
    done
    [ -n "$found" ] || break
  done
  kill -KILL -- "-$port"
} &
watcher=$!
exec 3<&-
trap : HUP INT TERM # a key pressed for the starter is not for the program
while :; do
  wait "$port"
  code=$?
  kill -0 "$port" || break
done
kill -KILL -- "-$watcher"
exit "$code"
