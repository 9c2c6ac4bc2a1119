#!/usr/bin/env bash
# Servers that nobody here wrote, for the end-to-end tests: unpacked from their Debian packages into
# DIR/root (default build/third-party/root), not installed, so that no service starts and packages
# that exclude each other lie side by side. Only the libraries they need are installed.
#
#   ci/third-party-servers.sh [DIR]
#
# Does nothing when they are there already. Exit code 1 when one cannot be had.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=ci/apt.sh
. ci/apt.sh

readonly kPackages=(socat ncat xinetd inetutils-inetd nginx nginx-common libnginx-mod-stream busybox)
readonly kPrograms=(usr/bin/socat usr/bin/ncat usr/sbin/xinetd usr/sbin/inetutils-inetd
  usr/sbin/nginx usr/lib/nginx/modules/ngx_stream_module.so bin/busybox)

readonly directory=${1:-build/third-party}
readonly root=$directory/root stamp=$directory/root/.complete

lacks_library() { LC_ALL=C ldd "$root/$1" 2>/dev/null | grep -q 'not found'; }

complete() {
  local program
  [ "$(cat "$stamp" 2>/dev/null)" = "${kPackages[*]}" ] || return
  for program in "${kPrograms[@]}"; do
    [ -e "$root/$program" ] && ! lacks_library "$program" || return
  done
}

download() {
  local options=()
  # Root's downloads run as another user, who may not write into our folder.
  [ "$(id -u)" != 0 ] || options=(-o APT::Sandbox::User=root)
  (cd "$work" && apt-get -qq "${options[@]}" download "${kPackages[@]}")
}

# The libraries among the packages' dependencies: first alternative, without version, not our own.
libraries() {
  local package
  for package in "$work"/*.deb; do
    dpkg-deb -f "$package" Depends Pre-Depends | sed 's/^[A-Za-z-]*: //' | tr ',' '\n' |
      sed 's/^ *//; s/[ :|(].*//'
  done | grep '^lib' | grep -vxF "$(printf '%s\n' "${kPackages[@]}")" | sort -u
}

complete && exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$directory"
if ! download >"$work/log" 2>&1; then
  if ! { may_install && refresh_package_lists && download; } >>"$work/log" 2>&1; then
    tail -n 10 "$work/log" >&2
    echo "Could not download: ${kPackages[*]}" >&2
    exit 1
  fi
fi

rm -rf "$root"
mkdir -p "$root"
for package in "$work"/*.deb; do
  dpkg-deb -x "$package" "$root"
done
mapfile -t needed < <(libraries)
ci/install-packages.sh "${needed[@]}"

for program in "${kPrograms[@]}"; do
  if [ ! -e "$root/$program" ] || lacks_library "$program"; then
    echo "Not usable: $root/$program" >&2
    LC_ALL=C ldd "$root/$program" >&2 || true
    exit 1
  fi
done
echo "${kPackages[*]}" >"$stamp"
