#!/usr/bin/env bash
# G4: UDP closed loop, one datagram in flight. Floor: mean round trip <= 1.10 of a bare blocking
# ping-pong.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

ratio "G4 UDP, one in flight, against a bare blocking ping-pong" --server "$udp_server" \
  --a "$pingpong --target {target} --size 64 $run" \
  --b "$load udp-echo --target {target} --connections 1 --pipeline 1 --size 64 $run --threads 1 --validate all" \
  --want 'mean_ns <= 1.10' --want 'p50_ns <= 1.10'
