#!/usr/bin/env bash
# G8: 1,000 requests a second. A generator whose timer is coarse measures its own timer.
# Floor: service p50 <= 1.5 of the unpaced p50; <= 25 % of a core in hybrid mode.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

paced="--rate 1000 --arrivals constant --size 64 $run --threads 1 --pace hybrid"
wants=(--want 'p50_ns <= 1.5' --want 'b:process_cpu_share <= 0.25')
ratio "G8a UDP at 1,000/s, against a bare blocking ping-pong" --server "$udp_server" \
  --a "$pingpong --target {target} --size 64 $run" \
  --b "$load udp-echo --target {target} --connections 1 $paced" "${wants[@]}"
ratio "G8b TCP at 1,000/s, against ourselves unpaced" --names 'unpaced,1000/s' --server "$tcp_server" \
  --a "$load tcp-echo --target {target} --connections 1 --pipeline 1 --size 64 $run --threads 1" \
  --b "$load tcp-echo --target {target} --connections 10 $paced" "${wants[@]}"
