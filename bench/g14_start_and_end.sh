#!/usr/bin/env bash
# G14: how long the start takes, and whether a run ends. overhead_s is all of the time from start to
# exit but the time measured.
# Floor: 1,000 connections established and verified in <= 0.5 s; over <= 1 s after the deadline when
# the server hangs.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

shape="--connections 1000 --pipeline 1 --size 64 --duration 2s"
figures=$(quoted "$bench/load_figures.py")
ratio "G14a start and end with 1,000 connections, against a bare epoll client" --server "$tcp_server" \
  --a "$figures --yardstick -- $client --target {target} $shape" \
  --b "$load tcp-echo --target {target} $shape --threads 1 --validate all" --want 'b:overhead_s <= 0.5'
# Such a run may well be called invalid (exit code 4) or a failure (1): it is to end.
ratio "G14b the server hangs, 1 s after the start" --rounds 3 --names 'duration,sockspec' \
  --server "$tcp_server" --freeze-server 1 --a "$(exactly '{"wall_s": 3}')" \
  --b "$figures --accept 1 --accept 4 -- $(quoted "$SOCKSPEC") load tcp-echo --target {target} --connections 64 --size 64 --duration 3s --threads 1" \
  --want 'b-a:wall_s <= 1'
