#!/usr/bin/env bash
# G7: system calls per TCP request, counted by strace -c: exact, so three rounds are enough. Start and
# end are included, which is why the run is not shorter.
# Floor: <= 2.1.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

need strace
shape="--connections 64 --pipeline 1 --size 64 --duration 5s"
traced="$(quoted "$bench/load_figures.py") --strace"
ratio "G7 system calls per TCP request" --rounds 3 --server "$tcp_server" \
  --a "$traced --yardstick -- $client --target {target} $shape" \
  --b "$traced -- $(quoted "$SOCKSPEC") load tcp-echo --target {target} $shape --threads 1 --validate all" \
  --want 'b:syscalls_per_request <= 2.1'
