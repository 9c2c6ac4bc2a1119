#!/bin/sh
# Writes a server's configuration for a port and becomes the server:
#   run.sh TEMPLATE FOLDER PORT COMMAND...     PORT in the template and CONFIG in the command are replaced
set -eu
template=$1 folder=$2 port=$3
shift 3
sed "s#PORT#$port#g" "$template" >"$folder/config.$port"
count=$#
while [ "$count" -gt 0 ]; do
  word=$1
  shift
  [ "$word" != CONFIG ] || word=$folder/config.$port
  set -- "$@" "$word"
  count=$((count - 1))
done
exec "$@"
