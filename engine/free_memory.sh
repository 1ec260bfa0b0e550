# How much memory this process may still take. Sourced; POSIX sh.

# free_kilobytes [PROC [CGROUP]]: what the machine has free, or what is left of the limit of the
# control group (version 2, or 1) if that is less. Prints nothing where neither is known.
free_kilobytes() {
  proc=${1:-/proc} cgroup=${2:-/sys/fs/cgroup}
  free=$(named_number MemAvailable: "$proc/meminfo")
  if [ -f "$cgroup/memory.max" ]; then
    left=$(left_of_group "$cgroup/memory.max" "$cgroup/memory.current" "$cgroup/memory.stat" inactive_file)
  else
    left=$(left_of_group "$cgroup/memory/memory.limit_in_bytes" "$cgroup/memory/memory.usage_in_bytes" \
      "$cgroup/memory/memory.stat" total_inactive_file)
  fi
  if [ -n "$left" ] && { [ -z "$free" ] || [ "$left" -lt "$free" ]; }; then
    free=$left
  fi
  echo "$free"
}

# left_of_group LIMIT USAGE STAT CACHE: kilobytes up to the limit; files in the cache do not count.
left_of_group() {
  limit= usage=
  { read -r limit <"$1" && read -r usage <"$2"; } 2>/dev/null
  case $limit in
    '' | *[!0-9]*) return ;;
  esac
  cache=$(named_number "$4" "$3")
  echo $(((limit - usage + ${cache:-0}) / 1024))
}

# named_number NAME FILE: the number that follows the name on its line, if there is one.
named_number() {
  [ -r "$2" ] || return 0
  while read -r name number _; do
    if [ "$name" = "$1" ]; then
      echo "$number"
      return
    fi
  done <"$2"
}
