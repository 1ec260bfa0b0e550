# Puts what reports are made with under harness/pages/node_modules. Sourced by the launcher.

pages=$root/harness/pages

pages_hash() { printf '%s\n' "$pages/package.json" "$pages/package-lock.json" | hash_of pages-npm-2; }

pages_present() {
  [ -s "$pages/node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js" ] &&
    [ -d "$pages/node_modules/allure-commandline/dist" ]
}

# Neither package has anything to run when it is installed.
pages_set_up() {
  need npm "Install Node.js with npm."
  rm -rf "$pages/node_modules"
  (cd "$pages" && npm ci --no-audit --no-fund --ignore-scripts)
  pages_present
}
