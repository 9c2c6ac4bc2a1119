#!/usr/bin/env bash
# G3: many requests in flight on each connection.
# Floor: 32 in flight >= 3 times our own requests/s at depth 1; received bytes/s >= 0.8 of tcpkali, which
# checks nothing. tcpkali awaits no reply: it writes 64 KiB at a time, 1,024 messages, as long as the
# socket takes them. So we are given 1,024 requests, the same 64 KiB; 32 of them are 2 KiB for each system
# call, with which no client comes near, a bare one neither. TCPKALI names it; without it, only the bare
# client is peer.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

shape="--connections 50 --size 64 $run"
ours="$load tcp-echo --target {target} $shape --threads 1 --validate all"
ratio "G3a pipeline 32, against our own pipeline 1" --names 'depth 1,depth 32' --server "$tcp_server" \
  --a "$ours --pipeline 1" --b "$ours --pipeline 32" --want 'requests_per_s >= 3'
ratio "G3b pipeline 32, against a bare epoll client" --server "$tcp_server" \
  --a "$client --target {target} --pipeline 32 $shape" --b "$ours --pipeline 32"

TCPKALI=${TCPKALI:-$(command -v tcpkali || true)}
if [ -z "$TCPKALI" ]; then
  echo "G3c not measured: no tcpkali (set TCPKALI)" >&2
  exit 0
fi
# "Aggregate bandwidth: 80.3↓, 80.3↑ Mbps": what it received is the first number.
kali='"$0" -c 50 --connect-rate 1000 -T "$1" -w 1 --nagle=off -m "$2" {target} 2>&1 |
  sed -n '"'s/^Aggregate bandwidth: *\([0-9.]*\).*/{\"received_mbps\": \1}/p'"
mbps='import json, sys; f = json.load(sys.stdin); print(json.dumps({"received_mbps": f["bytes_received"] * 8e-6 / f["seconds"]}))'
ratio "G3c pipeline 1024, against tcpkali" --names tcpkali,sockspec --server "$tcp_server" \
  --a "bash -o pipefail -c $(quoted "$kali") $(quoted "$TCPKALI") $DURATION $(printf 'x%.0s' {1..64})" \
  --b "bash -o pipefail -c $(quoted "$ours --pipeline 1024 | python3 -c $(quoted "$mbps")")" \
  --want 'received_mbps >= 0.8'
