#!/usr/bin/env bash
# Builds the Debian package of sockspec and prints its path; beside it lies that of the MPI module, sockspec-mpi,
# where BUILD has one. Their Depends are the libraries of the machine that builds them, so build on the
# oldest system that they are for: Debian 12.
#
#   ci/package.sh [BUILD [FOLDER]]
#
#   BUILD    a build tree that is complete; by default build/release, which is built first
#   FOLDER   where the package goes; by default BUILD/packages
#
# Exit code: 0 there is a package; 1 not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build=${1:-build/release}
folder=${2:-$build/packages}
ci/install-packages.sh --package
mkdir -p "$build" "$folder"
rm -f "$folder"/sockspec_*.deb "$folder"/sockspec-mpi_*.deb
log=$build/package.log
: >"$log"
{
  if [ $# -eq 0 ]; then
    cmake --preset release -DSOCKSPEC_MPI=ON && cmake --build --preset release --parallel "$(nproc)"
  fi &&
    cpack -G DEB --config "$build/CPackConfig.cmake" -B "$folder" &&
    if [ -f "$build/CPackMpiConfig.cmake" ]; then
      cpack -G DEB --config "$build/CPackMpiConfig.cmake" -B "$folder"
    fi
} >>"$log" 2>&1 || {
  tail -n 20 "$log" >&2
  echo "package.sh: no package; the whole log is $log" >&2
  exit 1
}
rm -rf "$folder/_CPack_Packages"
echo "$folder"/sockspec_*.deb
