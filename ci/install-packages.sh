#!/usr/bin/env bash
# Installs the Debian packages that are missing, and says nothing when none are.
# For Debian 12 and Ubuntu 24.04; works as root or with sudo.
#
#   ci/install-packages.sh [--build] [--tests] [--fuzz] [--tidy] [--package] [PACKAGE ...]
#
# Without arguments: --build. The other groups include it. PACKAGEs alone are installed alone.
# Exit code: 0 everything is there; 1 something is missing and could not be installed.
set -euo pipefail
# shellcheck source=ci/apt.sh
. "$(dirname "$0")/apt.sh"

readonly kBuild=(git cmake ninja-build g++ pkg-config libuv1-dev zlib1g-dev libcxxopts-dev nlohmann-json3-dev
  libmd-dev libjs-chart.js)
readonly kTests=(netbase libgtest-dev libgmock-dev librapidcheck-dev bubblewrap python3 python3-jsonschema gcc
  libc6-dev valgrind libc6-dbg iproute2 procps libxml2-utils jq python3-yaml groff-base zsh libopenmpi-dev openmpi-bin
  slurmctld slurmd slurm-client parallel)
readonly kPackage=(dpkg-dev file libopenmpi-dev)

# The browser that the tests of the HTML reports look through. Ubuntu has it as a snap only, which apt
# cannot install into a container; those tests are skipped there, and say so.
browser() {
  local ID=""
  . /etc/os-release
  if [ "$ID" = debian ]; then echo chromium chromium-driver python3-selenium; fi
}

# libFuzzer's runtime is named after the version of clang.
clang_runtime() {
  local ID="" VERSION_ID="" version=""
  . /etc/os-release
  case "$ID $VERSION_ID" in
    "debian 12") version=14 ;;
    "ubuntu 24.04") version=18 ;;
    *) version=$(apt-cache depends clang 2>/dev/null |
      sed -n 's/^ *Depends: clang-\([0-9]*\)$/\1/p' | head -n 1) ;;
  esac
  echo "libclang-rt-${version}-dev"
}

packages=()
[ $# -gt 0 ] || set -- --build
for argument in "$@"; do
  case $argument in
    --build) packages+=("${kBuild[@]}") ;;
    --tests)
      packages+=("${kBuild[@]}" "${kTests[@]}" "${kPackage[@]}" clang-format)
      read -ra browser <<<"$(browser)"
      packages+=("${browser[@]}")
      ;;
    --fuzz) packages+=("${kBuild[@]}" clang "$(clang_runtime)") ;;
    --package) packages+=("${kBuild[@]}" "${kPackage[@]}") ;;
    --tidy) packages+=("${kBuild[@]}" clang clang-tidy) ;;
    -*)
      echo "install-packages.sh: no such group: $argument (--build, --tests, --fuzz, --tidy, --package)" >&2
      exit 2
      ;;
    *) packages+=("$argument") ;;
  esac
done

command -v dpkg-query >/dev/null || {
  echo "sockspec needs: ${packages[*]}" >&2
  echo "This system has no apt; install what corresponds to these Debian packages by hand." >&2
  exit 1
}

mapfile -t missing < <(missing_packages "${packages[@]}" | sort -u)
[ ${#missing[@]} -gt 0 ] || exit 0

if ! may_install; then
  cat >&2 <<END
These packages are missing, and neither root nor sudo is at hand to install them:
  ${missing[*]}
Give this command to an administrator of the machine:
  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}
END
  exit 1
fi

echo "Installing ${#missing[@]} packages: ${missing[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! install_with_apt "${missing[@]}" >"$log" 2>&1; then
  # The package lists may be missing or old: refresh them and try once more.
  if ! { refresh_package_lists && install_with_apt "${missing[@]}"; } >>"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "Could not install: ${missing[*]}" >&2
    exit 1
  fi
fi
