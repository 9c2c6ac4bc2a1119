#!/usr/bin/env bash
# More connections than one process may have: 60,000 over four ranks of mpirun, against four reference servers that
# share a port (SO_REUSEPORT), all on this machine, every reply verified.
#
#   bench/ranks.sh                       60,000 connections, 10,000 requests/s, 20 s
#   bench/ranks.sh --connections 4000 --rate 2k --duration 2s
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"
need mpirun
exec python3 "$bench/ranks.py" "$@" -- "$SOCKSPEC"
