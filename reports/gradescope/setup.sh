#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image of the autograder. It installs sockspec and what
# the submissions need: packages.txt, one package on a line. A sockspec_*.deb beside this file, for another system
# than the one that the bundle was made on, takes the place of the executable.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DEBIAN_FRONTEND=noninteractive

apt_get() { apt-get -q -y -o Dpkg::Use-Pty=0 "$@"; }

mapfile -t packages < <(tr -d '\r' <packages.txt | grep .)  # whatever editor it went through
apt_get update
apt_get install --no-install-recommends "${packages[@]}"
if compgen -G 'sockspec_*.deb' >/dev/null; then
  apt_get install --no-install-recommends ./sockspec_*.deb
else
  install -m 755 sockspec /usr/local/bin/sockspec
fi
sockspec --version || {
  echo "setup.sh: sockspec does not run on this image; choose a newer Ubuntu as base image, or put a package of" >&2
  echo "sockspec that was built for this one into the bundle (sockspec_*.deb)" >&2
  exit 1
}
