# Puts the real nu under nu/node_modules. Sourced by the launcher.

nu_hash() { printf '%s\n' "$root/nu/package.json" "$root/nu/package-lock.json" | hash_of nu-npm-2; }

nu_present() { nu_binary >/dev/null; }

nu_set_up() {
  need npm "Install Node.js with npm."
  rm -rf "$root/nu/node_modules"
  (cd "$root/nu" && npm ci --no-audit --no-fund)
  nu_binary >/dev/null
}

# nu_binary: path of the native program; the npm shim in front of it costs 0.15 s a start.
nu_binary() {
  local found
  found=$(find "$root/nu/node_modules/@nushell" -type f -path '*/bin/nu' 2>/dev/null | head -n 1)
  [ -n "$found" ] && printf '%s\n' "$found"
}
