#!/usr/bin/env bash
# G9: is the rate what was asked for, and the schedule what it says?
# Floor: within 0.1 % at 1,000, 10,000 and 50,000/s; Poisson gaps pass Anderson-Darling with p > 0.01;
# the same seed gives the same schedule.
#
# Looked at from both ends: the schedule itself, which the program `schedule` prints (many gaps, and
# no machine in between); and what arrives at a server of ours.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"
need "$YARDSTICKS/schedule" "$YARDSTICKS/udp_arrivals"

for rate in 1000 10000 50000; do
  # The yardstick is arithmetic: the rate that was asked for. Over TCP it is the generator's own word,
  # over UDP the server's, which leaves out the one exchange before the run.
  wants=(--want 'sent_per_s >= 0.999' --want 'sent_per_s <= 1.001')
  paced="--size 64 --rate $rate --arrivals constant --threads 1"
  ratio "G9-tcp-$rate constant rate" --names 'asked,achieved' --server "$tcp_server" \
    --a "$(exactly "{\"requests_per_s\": $rate, \"sent_per_s\": $rate}")" \
    --b "$load tcp-echo --target {target} --connections 64 $paced $run" "${wants[@]}"
  ratio "G9-udp-$rate constant rate, as it arrives" --names 'asked,arrived' \
    --server-b "$(quoted "$YARDSTICKS/udp_arrivals") --skip 1" \
    --a "$(exactly "{\"sent_per_s\": $rate, \"server_received_per_s\": $rate}")" \
    --b "$load udp-echo --target {target} --connections 1 $paced --duration $DURATION" "${wants[@]}" \
    --want 'server_received_per_s >= 0.999' --want 'server_received_per_s <= 1.001'
done

ratio "G9-law the schedule's own Poisson gaps" --rounds 1 --names 'law,schedule' \
  --a "$(exactly '{"per_s": 1000, "gap_deviation": 1, "same_seed_differs": 0}')" \
  --b "$(quoted "$bench/schedules.py") -- $(quoted "$YARDSTICKS/schedule") --rate 1000 --arrivals poisson --duration 10s" \
  --want 'b:p_value >= 0.01' --want 'b:p_value_of_shards >= 0.01' --want 'same_seed_differs == a'

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
