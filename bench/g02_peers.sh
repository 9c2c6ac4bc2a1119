#!/usr/bin/env bash
# G2: G1's load against every peer that is on PATH and can do it: TCP, 64 connections, 64 bytes, one
# request in flight each, against the same echo server. INSTALL=yes gets Debian's packages first
# (sockperf, iperf3 and wrk, with apt-get, as root); the others are built by hand, outside this repository.
# Floor: requests/s >= 1.0 of each; >= 2 of fortio, with a third of its CPU.
#
# Both sides have one core. CPU is that of the whole process, start and end included, so neither side
# warms up. tcpkali sends without waiting for replies: see G3. iperf3 knows no requests: see G5.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

if [ "${INSTALL:-no}" = yes ]; then
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends sockperf iperf3 wrk
fi
peers="$(quoted "$bench/peers.py")"
shape="--connections 64 --size 64 --duration $DURATION"
ours="$load tcp-echo --target {target} --pipeline 1 --threads 1 --validate all"
for peer in $(python3 "$bench/peers.py" --list); do
  wants=(--want 'requests_per_s >= 1.0')
  if [ "$peer" = fortio ]; then
    wants=(--want 'requests_per_s >= 2' --want 'process_cpu_us_per_request <= 0.333')
  fi
  ratio "G2-$peer TCP closed loop, against $peer" --names "$peer,sockspec" --server "$tcp_server" \
    --a "$peers $peer --target {target} $shape" --b "$ours $shape" "${wants[@]}"
done

if ! command -v sockperf >/dev/null; then
  echo "sockperf: missing (Debian: sockperf; INSTALL=yes gets it)" >&2
  exit 0
fi
# sockperf takes only its own server's replies for replies, and has one request in flight. So each side
# has its own server, and one connection, and the ratio is of pairs: sockperf's block in recvfrom on both
# sides, ours wait in epoll. There is no floor for that.
shape="--connections 1 --size 64 --duration $DURATION"
ratio "G2-sockperf TCP, one in flight, each with its own server" --names 'sockperf,sockspec' \
  --server-a "$(quoted "$bench/ready.py") -- sockperf server --tcp -i {host} -p {port}" --server-b "$tcp_server" \
  --a "$peers sockperf --target {target} $shape" --b "$ours $shape"
