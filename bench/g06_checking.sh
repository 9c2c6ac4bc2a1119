#!/usr/bin/env bash
# G6: what it costs to check every byte. Ourselves without checking is the yardstick.
# Floor: CPU per request <= 1.05 at 64 bytes, <= 1.15 at 16 KiB.
# G6c bounds what the histogram and the clocks cost: a client without them is the bare one, which also
# lacks everything else, so the floor of 1.03 is for a micro-benchmark and not for this.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

for case in 'a 64 1.05' 'b 16384 1.15'; do
  read -r letter size limit <<<"$case"
  ours="$load tcp-echo --target {target} --connections 64 --pipeline 1 --size $size $run --threads 1"
  ratio "G6$letter cost of checking $size bytes" --names 'validate none,validate all' --server "$tcp_server" \
    --a "$ours --validate none" --b "$ours --validate all" --want "cpu_us_per_request <= $limit"
done
shape="--connections 64 --pipeline 1 --size 64 $run"
ratio "G6c histogram and clocks, against a bare epoll client" --server "$tcp_server" \
  --a "$client --target {target} $shape" \
  --b "$load tcp-echo --target {target} $shape --threads 1 --validate none"
