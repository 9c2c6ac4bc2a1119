#!/usr/bin/env bash
# All figures, one after the other, with short rounds; at the end rows of Markdown for
# docs/performance.md, on standard output.
#
#   bench/all.sh > table.md                                    a look, about ten minutes
#   ROUNDS=7 DURATION=10s WARMUP=2s MINUTES=10 bench/all.sh    the figures
#   bench/all.sh g04 g05                                       only those
#
# FIGURES is where the JSON stays (a new folder, if it is not said). A script that could not measure
# does not stop the others; exit code 1 then.
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export ROUNDS=${ROUNDS:-2} DURATION=${DURATION:-2s} WARMUP=${WARMUP:-500ms} MINUTES=${MINUTES:-1}
export FIGURES=${FIGURES:-$(mktemp -d)}

chosen=("$@")
if [ ${#chosen[@]} -eq 0 ]; then chosen=(g); fi
failed=()
for start in "${chosen[@]}"; do
  for script in "$bench/$start"*.sh; do
    if [ ! -f "$script" ]; then
      echo "$start: there is no such figure" >&2
      exit 2
    fi
    echo "== $(basename "$script")" >&2
    "$script" >&2 || failed+=("$(basename "$script")")
  done
done
echo "the JSON of all figures is in $FIGURES" >&2
python3 "$bench/table.py" "$FIGURES"
if [ ${#failed[@]} -gt 0 ]; then
  echo "could not be measured: ${failed[*]}" >&2
  exit 1
fi
