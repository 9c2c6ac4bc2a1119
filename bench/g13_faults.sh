#!/usr/bin/env bash
# G13: the truth about a server that drops 1 %, doubles 0.5 %, corrupts 0.1 % and swaps 1 % of its
# replies, from a seed. The yardstick is that server's own tally; each round has another seed.
# Floor: every count the same. Over TCP a message is dropped by leaving it out of the stream.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

for case in 'a udp' 'b tcp'; do
  read -r letter transport <<<"$case"
  measure "$bench/faults.py" "G13$letter faults counted, ${transport^^}" --rounds 3 --transport "$transport" \
    --faulty-echo "$YARDSTICKS/faulty_echo" --duration "$DURATION" -- "$SOCKSPEC" load
done
