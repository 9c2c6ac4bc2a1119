#!/usr/bin/env bash
# G9: is the rate what was asked for, and the schedule what it says?
# Floor: within 0.1 % at 1,000, 10,000 and 50,000/s; Poisson gaps pass Anderson-Darling with p > 0.01;
# the same seed gives the same schedule (each gap as in the run before, but for the jitter of the
# machine; that the schedule itself is the same is for a unit test).
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

for rate in 1000 10000 50000; do
  # The yardstick is arithmetic: the rate that was asked for.
  ratio "G9-$rate constant rate" --names 'asked,achieved' --server "$tcp_server" \
    --a "$(exactly "{\"requests_per_s\": $rate, \"sent_per_s\": $rate}")" \
    --b "$load tcp-echo --target {target} --connections 64 --size 64 --rate $rate --arrivals constant $run --threads 1" \
    --want 'sent_per_s >= 0.999' --want 'sent_per_s <= 1.001'
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
arrivals=$(quoted "$bench/arrivals.py")
# Not paused between warm-up and run, and a few thousand gaps: with very many, the test would find the
# scheduler of the machine and not ours.
poisson="$load udp-echo --target {target} --connections 1 --size 64 --rate 1000 --arrivals poisson --seed 42 --duration 5s --threads 1 --pace spin"
ratio "G9-poisson gaps between arrivals, seen by the kernel" --rounds 1 --names 'law,arrivals' \
  --server-b "$arrivals --poisson --gaps $folder/gaps" \
  --a "$(exactly '{"server_gap_deviation": 1, "server_mean_gap_ns": 1e6}')" --b "$poisson" \
  --want 'b:server_p_value >= 0.01'
ratio "G9-seed the same seed, the same schedule" --rounds 1 --names 'same,arrivals' \
  --server-b "$arrivals --like $folder/gaps" \
  --a "$(exactly '{"server_gap_correlation": 1}')" --b "$poisson" --want 'b:server_gap_correlation >= 0.99'
