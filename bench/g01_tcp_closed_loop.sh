#!/usr/bin/env bash
# G1: TCP closed loop, 64 connections, 64 bytes, one in flight each. sockspec checks every byte and
# records every latency; the bare epoll client does neither.
# Floor: requests/s >= 0.95 of it, CPU per request <= 1.10.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

shape="--connections 64 --pipeline 1 --size 64 $run"
ratio "G1 TCP closed loop, against a bare epoll client" --server "$tcp_server" \
  --a "$client --target {target} $shape" \
  --b "$load tcp-echo --target {target} $shape --threads 1 --validate all" \
  --want 'requests_per_s >= 0.95' --want 'cpu_us_per_request <= 1.10'
