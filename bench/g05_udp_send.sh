#!/usr/bin/env bash
# G5: UDP open-loop send, 64 bytes, batched, to a server that swallows them. A rate that nobody reaches.
# Floor: >= 3 times the datagrams/s of sockperf's throughput mode; system calls per message <= 0.3
# without UDP_SEGMENT, <= 0.1 with it. iperf3, a second peer, sends to its own server.
# (Debian: apt-get install sockperf iperf3.)
#
# Without UDP_SEGMENT: the segments of one buffer must have one size, so sizes that change make
# sockspec send by sendmmsg. WITHOUT_GSO replaces those words, should there ever be an option.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"
need "$YARDSTICKS/udp_sink" "$YARDSTICKS/segment_send"

# Every request is lost, soon, and none is held back for that.
sink="$(quoted "$YARDSTICKS/udp_sink") --answer 1"
figures="$(quoted "$bench/load_figures.py") --rate-is-missed"
generator="$(quoted "$SOCKSPEC") load udp-echo --target {target} --connections 1 --rate 10000000 --threads 1"
generator+=" --timeout 10ms --max-in-flight 10000000"
WITHOUT_GSO=${WITHOUT_GSO:---size 48..80}
peers=$(quoted "$bench/peers.py")
for case in 'a sockperf' 'b iperf3'; do
  read -r letter peer <<<"$case"
  if ! command -v "$peer" >/dev/null; then
    echo "G5$letter not measured: no $peer (apt-get install $peer)" >&2
    continue
  fi
  wants=(--want 'sent_per_s >= 3')
  theirs=$sink
  if [ "$peer" = iperf3 ]; then
    theirs="$(quoted "$bench/ready.py") -- iperf3 --server --one-off --logfile /dev/null --bind {host} --port {port}"
    wants=()
  fi
  ratio "G5$letter UDP open-loop send, against $peer" --names "$peer,sockspec" \
    --server-a "$theirs" --server-b "$sink" \
    --a "$peers $peer-send --target {target} --size 64 --duration $DURATION" \
    --b "$figures -- $generator --size 64 --duration $DURATION" "${wants[@]}"
done
ratio "G5c UDP open-loop send, with UDP_SEGMENT against without" --names 'sendmmsg,UDP_SEGMENT' --server "$sink" \
  --a "$figures -- $generator $WITHOUT_GSO --duration $DURATION" \
  --b "$figures -- $generator --size 64 --duration $DURATION"
ratio "G5f UDP open-loop send, against a bare sender that does nothing else" --names 'bare sender,sockspec' \
  --server "$sink" \
  --a "$(quoted "$YARDSTICKS/segment_send") --target {target} --size 64 --duration $DURATION" \
  --b "$figures -- $generator --size 64 --duration $DURATION"

need strace
traced="$figures --strace -- $generator --duration 5s"
ratio "G5d system calls per datagram, with UDP_SEGMENT" --rounds 1 --names 'limit,sockspec' --server "$sink" \
  --a "$(exactly '{"syscalls_per_request": 0.1}')" --b "$traced --size 64" --want 'b:syscalls_per_request <= 0.1'
ratio "G5e system calls per datagram, without UDP_SEGMENT" --rounds 1 --names 'limit,sockspec' --server "$sink" \
  --a "$(exactly '{"syscalls_per_request": 0.3}')" --b "$traced $WITHOUT_GSO" \
  --want 'b:syscalls_per_request <= 0.3'
