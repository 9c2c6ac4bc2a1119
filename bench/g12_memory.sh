#!/usr/bin/env bash
# G12: private memory of the generator. The figure is for ten minutes, `bench/g12_memory.sh 10`; without
# a number, or MINUTES, it looks at two.
# Floor: <= 1 MB more at the end of 10 minutes than after 10 s; <= 1 KiB for each idle connection.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

# What a busy machine does to the schedule is nothing to the memory: exit code 4 is accepted.
watched="$(quoted "$bench/load_figures.py") --memory --accept 4"
seconds=$((60 * ${1:-${MINUTES:-2}}))
ratio "G12a growth of memory in $seconds s" --rounds 1 --names 'limit,sockspec' --server "$tcp_server" \
  --time-limit $((seconds + 60)) --a "$(exactly '{"memory_growth_kib": 1000}')" \
  --b "$watched -- $(quoted "$SOCKSPEC") load tcp-echo --target {target} --connections 64 --size 64 --rate 20000 --duration ${seconds}s --threads 1" \
  --want 'b:memory_growth_kib <= 1000'

# 10,000 idle connections, each verified once, beside ten that have next to nothing to do: what the
# difference to the ten alone costs, by 10,000.
ulimit -n "$(ulimit -Hn)"
if [ "$(ulimit -n)" != unlimited ] && [ "$(ulimit -n)" -lt 10300 ]; then
  echo "G12b not measured: only $(ulimit -n) descriptors (ulimit -n)" >&2
  exit 0
fi
memory_with() {
  local command
  command="$watched --settle 3 -- $(quoted "$SOCKSPEC") load tcp-echo --target {target} --connections 10 $1 --size 64 --rate 100 --duration 5s --threads 1"
  echo "bash -o pipefail -c $(quoted "$command | python3 -c 'import json, sys; print(json.dumps({\"memory_kib\": json.load(sys.stdin)[\"memory_end_kib\"]}))'")"
}
ratio "G12b memory with 10,000 idle connections; the difference is to be <= 10,000 KiB" --rounds 3 \
  --names 'none idle,10000 idle' --server "$tcp_server" \
  --a "$(memory_with '')" --b "$(memory_with '--idle 10000')" --want 'b-a:memory_kib <= 10000'
