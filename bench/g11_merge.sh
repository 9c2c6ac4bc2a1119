#!/usr/bin/env bash
# G11: four shards of one run at the same time, and their merged report. The yardstick is their sum,
# made here by another reader of the histograms (hdr.py).
# Floor: every bucket, every sum and every counter the same.
source "$(dirname "${BASH_SOURCE[0]}")/figure.sh"

measure "$bench/shards.py" "G11 merge of 4 shards" --rounds 2 --server "$tcp_server" --duration "$DURATION" \
  -- "$SOCKSPEC"
