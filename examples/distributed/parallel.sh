#!/bin/sh
# A load run in shards over ssh, by GNU parallel:  examples/distributed/parallel.sh SERVER:PORT host1 host2 …
# Without hosts: two shards on this machine. RATE, CONNECTIONS (of each) and DURATION may be set, too.
set -eu
server=${1:?host:port of the server}
shift
shards=$#
logins=
if [ "$shards" -eq 0 ]; then
  shards=2
  logins=:
else
  for host in "$@"; do logins=$logins${logins:+,}1/$host; done
fi
seed=$(date +%s)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The reports come back on standard output, a file for each shard. A shard that fails is judged with the others.
seq "$shards" | parallel -j "$shards" --sshlogin "$logins" --results "$folder/{}" \
  sockspec load tcp-echo --target "$server" --shard "{}/$shards" --seed "$seed" \
  --rate "${RATE:-10k}" --connections "${CONNECTIONS:-32}" --duration "${DURATION:-10s}" --json - >/dev/null 2>&1 ||
  echo "parallel.sh: shards that did not end with exit code 0: $?" >&2
for shard in $(seq "$shards"); do
  [ -s "$folder/$shard" ] || cat "$folder/$shard.err" >&2  # why it has no report
  set -- "$@" "$folder/$shard"
done
shift $(($# - shards))
sockspec merge "$@"
