#!/usr/bin/env bash
# G5: UDP open-loop send, 64 bytes, batched, to a server that swallows them. A rate that nobody reaches.
# Floor: >= 3 times the datagrams/s of sockperf's throughput mode; system calls per message <= 0.3
# without UDP_SEGMENT, <= 0.1 with it. SOCKPERF names it (Debian: apt-get install sockperf).
# WITHOUT_GSO: the words that switch UDP_SEGMENT off, once there are such.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

sink="$serve udp-discard"
shape="--connections 1 --size 64 --rate 10000000 --threads 1"
# A rate that is missed makes a run invalid (exit code 4); here it is missed on purpose.
figures=$(quoted "$bench/load_figures.py")
generator="$(quoted "$SOCKSPEC") load udp-discard --target {target}"
unpaced="$figures --accept 4 -- $generator"
SOCKPERF=${SOCKPERF:-$(command -v sockperf || true)}
if [ -n "$SOCKPERF" ]; then
  # "sockperf: Summary: Message Rate is 216000 [msg/sec]"
  perf='t={target}; "$0" tp -i "${t%:*}" -p "${t##*:}" -t "$1" -m 64 2>&1 |
    sed -n '"'s/.*Message Rate is \([0-9]*\).*/{\"sent_per_s\": \1}/p'"
  ratio "G5a UDP open-loop send, against sockperf" --names sockperf,sockspec --server "$sink" \
    --a "bash -o pipefail -c $(quoted "$perf") $(quoted "$SOCKPERF") ${DURATION%s}" \
    --b "$unpaced $shape $run" --want 'sent_per_s >= 3'
else
  echo "G5a not measured: no sockperf (apt-get install sockperf, or set SOCKPERF)" >&2
fi

need strace
traced="$figures --strace --accept 4 -- $generator $shape --duration 5s"
ratio "G5b system calls per datagram, with UDP_SEGMENT" --rounds 1 --names 'limit,sockspec' --server "$sink" \
  --a "$(exactly '{"syscalls_per_request": 0.1}')" --b "$traced" --want 'b:syscalls_per_request <= 0.1'
if [ -n "${WITHOUT_GSO:-}" ]; then
  ratio "G5c system calls per datagram, without UDP_SEGMENT" --rounds 1 --names 'limit,sockspec' --server "$sink" \
    --a "$(exactly '{"syscalls_per_request": 0.3}')" --b "$traced $WITHOUT_GSO" \
    --want 'b:syscalls_per_request <= 0.3'
fi
