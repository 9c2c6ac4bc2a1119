#!/usr/bin/env bash
# G12: private memory of the generator. G12a takes ten minutes (MINUTES).
# Floor: <= 1 MB more at the end of 10 minutes than after 10 s; <= 1 KiB for each idle connection.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

watched="$(quoted "$bench/load_figures.py") --memory"
seconds=$((60 * ${MINUTES:-10}))
ratio "G12a growth in $seconds s" --rounds 1 --names 'limit,sockspec' --server "$tcp_server" \
  --time-limit $((seconds + 60)) --a "$(exactly '{"memory_growth_kib": 1000}')" \
  --b "$watched -- $(quoted "$SOCKSPEC") load tcp-echo --target {target} --connections 64 --size 64 --rate 20000 --duration ${seconds}s --threads 1" \
  --want 'b:memory_growth_kib <= 1000'

# 10,000 connections against 100, with next to nothing to do: what the difference costs, by 9,900.
ulimit -n "$(ulimit -Hn)"
if [ "$(ulimit -n)" != unlimited ] && [ "$(ulimit -n)" -lt 10300 ]; then
  echo "G12b not measured: only $(ulimit -n) descriptors (ulimit -n)" >&2
  exit 0
fi
per_connection() {
  local command
  command="$watched --settle 3 -- $(quoted "$SOCKSPEC") load tcp-echo --target {target} --connections $1 --size 64 --rate 100 --duration 5s --threads 1"
  echo "bash -o pipefail -c $(quoted "$command | python3 -c 'import json, sys; print(json.dumps({\"memory_kib\": json.load(sys.stdin)[\"memory_end_kib\"]}))'")"
}
ratio "G12b memory with 10,000 connections; the difference is to be <= 9,900 KiB" --rounds 3 \
  --names '100 connections,10000 connections' --server "$tcp_server" \
  --a "$(per_connection 100)" --b "$(per_connection 10000)" --want 'b-a:memory_kib <= 9900'
