#!/usr/bin/env bash
# The built-in reference server of a profile, N times in a row: not one scenario may fail.
#
#   tests/soak.sh tcp-echo 200                    200 times
#   tests/soak.sh all 200                         every profile
#   SOCKSPEC_LOAD=2 tests/soak.sh tcp-echo 200    with two busy loops besides
#   SOCKSPEC_VALGRIND=1 tests/soak.sh tcp-echo 3  the server runs under valgrind, and its memory errors count
#
# SOCKSPEC names the executable; build/release/bin/sockspec by default. Exit code 0 if all passed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

profile=${1:?usage: tests/soak.sh PROFILE|all TIMES}
times=${2:?usage: tests/soak.sh PROFILE|all TIMES}
sockspec=$(realpath "${SOCKSPEC:-build/release/bin/sockspec}")
folder=$(mktemp -d)
busy=()
cleanup() {
  [ ${#busy[@]} -eq 0 ] || kill "${busy[@]}" 2>/dev/null
  rm -rf "$folder"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

for ((i = 0; i < ${SOCKSPEC_LOAD:-0}; i++)); do
  sh -c 'while :; do :; done' &
  busy+=($!)
done

profiles=("$profile")
[ "$profile" != all ] || mapfile -t profiles < <("$sockspec" list profiles | cut -d' ' -f1)

status=0
for name in "${profiles[@]}"; do
  command=()
  if [ -n "${SOCKSPEC_VALGRIND:-}" ]; then
    command=(-- valgrind --quiet --error-exitcode=99 --leak-check=full "--log-file=$folder/valgrind.%p"
      "$sockspec" serve "$name" --port '{port}')
  fi
  began=$SECONDS
  "$sockspec" check "$name" --strict --quiet --repeat "$times" --json "$folder/$name.json" "${command[@]}" >"$folder/$name.txt" 2>&1
  code=$?
  if [ -n "$(find "$folder" -name 'valgrind.*' -size +0)" ]; then
    cat "$folder"/valgrind.*
    rm -f "$folder"/valgrind.*
    code=99
  fi
  printf '%-20s exit code %d, %d runs of each scenario, %d s: %s\n' "$name" $code "$times" $((SECONDS - began)) \
    "$(tail -n 1 "$folder/$name.txt")"
  if [ $code -ne 0 ]; then
    status=1
    cat "$folder/$name.txt"
  fi
done
exit $status
