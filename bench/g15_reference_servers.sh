#!/usr/bin/env bash
# G15: the reference servers, which are built on libuv, against bare ones with the same client.
# Floor: >= 0.95 of the requests/s. The server's CPU per request is the steadier figure when the
# client's core is the full one.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

names='bare server,reference server'
shape="--connections 64 --pipeline 1 --size 64 $run"
ratio "G15a TCP: level-triggered epoll and sockspec serve tcp-echo" --names "$names" \
  --server-a "$tcp_server" --server-b "$serve tcp-echo" \
  --a "$client --target {target} $shape" --b "$client --target {target} $shape" \
  --want 'requests_per_s >= 0.95'
ratio "G15b UDP, one in flight: recvmmsg and sockspec serve udp-echo" --names "$names" \
  --server-a "$udp_server" --server-b "$serve udp-echo" \
  --a "$pingpong --target {target} --size 64 $run" --b "$pingpong --target {target} --size 64 $run" \
  --want 'requests_per_s >= 0.95'
many="$load udp-echo --target {target} $shape --threads 1"
ratio "G15c UDP, 64 in flight: recvmmsg and sockspec serve udp-echo" --names "$names" \
  --server-a "$udp_server" --server-b "$serve udp-echo" --a "$many" --b "$many" \
  --want 'requests_per_s >= 0.95'
