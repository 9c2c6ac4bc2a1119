#!/usr/bin/env bash
# From a fresh clone to a verdict: installs what is missing, builds, and runs sockspec.
#
#   ci/quickstart.sh                                             check the built-in tcp-echo server
#   ci/quickstart.sh check tcp-echo -- python3 my_server.py {port}   any sockspec command
#
# Paths in the arguments are relative to the folder you are in. Exit code: sockspec's own; 4 when
# it could not be built. What this script says itself goes to standard error.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root log=$root/build/quickstart.log sockspec=$root/build/release/bin/sockspec

# Shows "[12/96]" on a terminal; everything goes to the log.
log_build() {
  local line
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    [ -t 2 ] && [[ $line == \[*\]* ]] && printf '\r\033[KBuilding sockspec %s' "${line%%]*}]" >&2
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

build() {
  cd "$root" && mkdir -p build && : >"$log" || return
  ci/install-packages.sh --build || return
  if [ ! -x "$sockspec" ]; then
    echo "Building sockspec; the log is build/quickstart.log" >&2
  fi
  { cmake --preset release && cmake --build --preset release; } 2>&1 | log_build
}

# Two quickstarts at once must not build in the same folder.
if ! (mkdir -p "$root/build" && exec 9>"$root/build/quickstart.lock" && flock 9 && build 9>&- </dev/null); then
  if [ -s "$log" ]; then
    tail -n 30 "$log" >&2
    echo "sockspec could not be built; the whole log is $log" >&2
  fi
  exit 4
fi

[ $# -eq 0 ] || exec "$sockspec" "$@"

mkdir -p "$root/build/reports"
report=$root/build/reports/tcp-echo.json
rm -f "$report"
"$sockspec" check tcp-echo --json "$report"
code=$?
[ ! -f "$report" ] || echo "The report: $report"
exit $code
