# shellcheck shell=bash disable=SC2034  # the variables are for the scripts that source this
# What the figure scripts share. Sourced, not run.
#
#   SOCKSPEC     the executable                        build/release/bin/sockspec
#   YARDSTICKS   where the yardsticks were built       build/release/bench
#   ROUNDS       pairs of runs                         7
#   WARMUP, DURATION   of each run                     2s, 10s
#   RATIO_OPTIONS      more words for ratio.py, such as --no-pin or --server-core 2 --client-core 3
#   FIGURES            a folder: the JSON of each table goes there as FIGURE.json

set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$bench")
SOCKSPEC=$(realpath -m "${SOCKSPEC:-$root/build/release/bin/sockspec}")
YARDSTICKS=$(realpath -m "${YARDSTICKS:-$root/build/release/bench}")
ROUNDS=${ROUNDS:-7}
WARMUP=${WARMUP:-2s}
DURATION=${DURATION:-10s}
run="--warmup $WARMUP --duration $DURATION"

need() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null && continue
    echo "$(basename "$0"): there is no $program; see bench/README.md" >&2
    exit 3
  done
}
need "$SOCKSPEC" "$YARDSTICKS/epoll_client" taskset python3

# ratio.py splits commands as a POSIX shell does, which does not know all that printf %q writes.
quoted() { printf "'%s'" "${1//\'/\'\"\'\"\'}"; }
load="$(quoted "$bench/load_figures.py") -- $(quoted "$SOCKSPEC") load"
client=$(quoted "$YARDSTICKS/epoll_client")
pingpong=$(quoted "$YARDSTICKS/udp_pingpong")
tcp_server=$(quoted "$YARDSTICKS/epoll_echo")
udp_server=$(quoted "$YARDSTICKS/recvmmsg_echo")
serve="$(quoted "$SOCKSPEC") serve"

# measure PROGRAM TITLE its-further-words ...; the title's first word names the JSON file.
measure() {
  local program=$1 title=$2 json=/dev/null
  shift 2
  if [ -n "${FIGURES:-}" ]; then
    mkdir -p "$FIGURES"
    json=$FIGURES/${title%% *}.json
  fi
  # shellcheck disable=SC2086  # RATIO_OPTIONS is a list of words
  python3 "$program" --title "$title" --rounds "$ROUNDS" --json "$json" ${RATIO_OPTIONS:-} "$@"
}

# ratio TITLE words-for-ratio.py ...
ratio() { measure "$bench/ratio.py" "$@"; }

# A figure without a peer is held against the value that it must have.
exactly() { printf "echo '%s'" "$1"; }
