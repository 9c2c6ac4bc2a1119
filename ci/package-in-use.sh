#!/usr/bin/env bash
# Installs the one sockspec_*.deb beside this script and uses what it brought, as a user of Debian would; and then
# sockspec-mpi_*.deb, if it is there.
# For a machine that may be thrown away: ci/fresh-machine.sh --only deb.
#
# Exit code: 0 all of it works; 1 not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
folder=$PWD

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
failed() {
  echo "package-in-use.sh: $*" >&2
  exit 1
}

as_root apt-get -qq update
as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends ./sockspec_*.deb
cd /  # nothing beside the script may help

dpkg --verify sockspec || failed "installed files differ from the package"
sockspec --version
code=0
sockspec check tcp-echo --quiet || code=$?
[ $code = 0 ] || [ $code = 5 ] || failed "the built-in server ended with $code"  # 5: the machine is busy
sockspec check /usr/share/sockspec/profiles/tcp-echo.json --only stream/basic --quiet \
  -- sockspec serve tcp-echo --port '{port}' || failed "a server of its own was not passed"
code=0
sockspec check tcp-echo --only stream/basic --quiet -- sockspec serve tcp-echo --fault trims --port '{port}' >/dev/null || code=$?
[ $code = 1 ] || failed "a faulty server ended with $code instead of 1"

zcat /usr/share/man/man1/sockspec.1.gz | grep -q '^\.SS sockspec check' || failed "no manual"
# shellcheck disable=SC1091
source /usr/share/bash-completion/completions/sockspec
COMP_WORDS=(sockspec check tcp-echo --kn) COMP_CWORD=3
_sockspec sockspec --kn tcp-echo
[ "${COMPREPLY[*]}" = --known ] || failed "bash completes --kn to \"${COMPREPLY[*]}\""

mpirun_load() {
  local flags=(--oversubscribe --mca btl_vader_single_copy_mechanism none)
  [ "$(id -u)" != 0 ] || flags+=(--allow-run-as-root)
  sockspec serve tcp-echo --port 0 >"$HOME/ready" &
  local server=$! code=0
  until grep -q READY "$HOME/ready"; do sleep 0.1; done
  mpirun "${flags[@]}" -n 2 sockspec load tcp-echo --target "$(sed 's/READY //' "$HOME/ready")" --connections 4 \
    --duration 1s || code=$?
  kill "$server"
  wait "$server" || true
  [ $code = 0 ] || [ $code = 4 ] || failed "mpirun sockspec load ended with $code"  # 4: the machine is busy
}

installed=(sockspec)
if ls "$folder"/sockspec-mpi_*.deb >/dev/null 2>&1; then
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends "$folder"/sockspec-mpi_*.deb
  installed+=(sockspec-mpi)
  mpirun_load
fi

as_root apt-get -qq -y -o Dpkg::Use-Pty=0 purge "${installed[@]}" >/dev/null
[ -z "$(find /usr -name '*sockspec*' -print -quit)" ] || failed "left after the purge: $(find /usr -name '*sockspec*')"
echo "package-in-use.sh: all of it works"
