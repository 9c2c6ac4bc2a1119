#!/usr/bin/env bash
# Runs the two commands of the README in a bare Debian 12: a minimal root made with debootstrap that
# holds git and nothing else, with a fresh clone of this repository. Needs root and debootstrap.
#
#   ci/fresh-machine.sh [--only quickstart|test|deb] [--user] [--uncommitted]
#
#   --only NAME     one of the two commands; or, for deb, instead of both: the package that ci/package.sh makes on this
#                   machine is installed there, with apt alone, and used (ci/package-in-use.sh)
#   --package FILE  with --only deb: this package, which is there already
#   --user          as an unprivileged user with sudo, instead of as root without sudo
#   --uncommitted   the files as they lie here, instead of a clone of what is committed
#
# The Debian mirror and the way to it come from this machine's apt configuration. The root lies under
# ${TMPDIR:-/var/tmp} and is removed afterwards; its mounts live in a namespace of their own and end
# with it. Exit code: that of the first command that fails.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly repository suite=bookworm
commands=(ci/quickstart.sh ci/test.sh)
user=root
uncommitted=
package=

while [ $# -gt 0 ]; do
  case $1 in
    --only)
      case ${2:-} in
        quickstart | test) commands=("ci/$2.sh") ;;
        deb) commands=(deb) ;;
        *) echo "fresh-machine.sh: --only quickstart, --only test or --only deb" >&2; exit 2 ;;
      esac
      shift
      ;;
    --package)
      package=${2:-}
      [ -f "$package" ] || { echo "fresh-machine.sh: --package \"$package\": there is no such file" >&2; exit 2; }
      shift
      ;;
    --user) user=student ;;
    --uncommitted) uncommitted=yes ;;
    *) echo "fresh-machine.sh: no such option: $1" >&2; exit 2 ;;
  esac
  shift
done

if [ "${commands[*]}" != deb ] && [ -n "$package" ]; then
  echo "fresh-machine.sh: --package goes with --only deb" >&2
  exit 2
fi
[ "$(id -u)" = 0 ] || { echo "fresh-machine.sh: must be run by root (debootstrap, chroot)" >&2; exit 2; }
command -v debootstrap >/dev/null || "$repository/ci/install-packages.sh" debootstrap

# "deb MIRROR RELEASE COMPONENT" for every source of Debian 12 that this machine's apt knows.
apt_sources() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(CREATED_BY) deb $(REPO_URI) $(RELEASE) $(COMPONENT)' |
    sed -n "s/^Packages \(deb [^ ]* $suite\(-updates\|-security\)\? main\)$/\1/p" | sort -u
}

mirror=$(apt_sources | sed -n "s/^deb \([^ ]*\) $suite main$/\1/p" | head -n 1)
[ -n "$mirror" ] || {
  echo "fresh-machine.sh: this machine's apt knows no mirror of Debian 12 ($suite)" >&2
  exit 2
}

step() { printf '\n== %s (%d s)\n' "$1" "$SECONDS"; }

machine=$(mktemp -d "${TMPDIR:-/var/tmp}/sockspec-fresh.XXXXXX")
readonly machine
chmod 755 "$machine"  # it becomes /
trap 'rm -rf --one-file-system "$machine"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

make_machine() {
  local extra=git log=$machine.log
  case $mirror in https:*) extra+=,ca-certificates ;; esac
  [ "$user" = root ] || extra+=,sudo
  if ! debootstrap --variant=minbase --include="$extra" "$suite" "$machine" "$mirror" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"

  # The way to the packages: sources, keys, proxies and the like, name resolution, certificates.
  apt_sources >"$machine/etc/apt/sources.list"
  apt-config dump --no-empty --format '%F "%v";%n' Acquire | grep -v '^Acquire::IndexTargets' \
    >"$machine/etc/apt/apt.conf.d/99host"
  cp -a /etc/apt/trusted.gpg.d/. "$machine/etc/apt/trusted.gpg.d/"
  [ ! -d /etc/apt/keyrings ] || cp -a /etc/apt/keyrings/. "$machine/etc/apt/keyrings/"
  cp -L /etc/resolv.conf /etc/hosts "$machine/etc/"
  case $mirror in
    https:*) cp -L /etc/ssl/certs/ca-certificates.crt "$machine/etc/ssl/certs/" ;;
  esac

  home=/root
  if [ "$user" != root ]; then
    home=/home/$user
    chroot "$machine" useradd --create-home --shell /bin/bash "$user"
    echo "$user ALL=(ALL) NOPASSWD: ALL" >"$machine/etc/sudoers.d/$user"
    chmod 0440 "$machine/etc/sudoers.d/$user"
  fi
}

copy_repository() {
  local clone=$machine$home/sockspec
  if [ -n "$uncommitted" ]; then
    mkdir "$clone"
    (cd "$repository" && git ls-files --cached --others --exclude-standard --deduplicate -z |
      while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
      tar --create --null --no-recursion --files-from=-) | tar --extract --directory "$clone"
    git -C "$clone" init --quiet
    git -C "$clone" add --all
  else
    git clone --quiet --no-hardlinks "$repository" "$clone"
  fi
  chroot "$machine" chown -R "$user" "$home/sockspec"
}

# Runs a command in the clone, with nothing of this machine's environment but the way to the network.
inside() {
  local environment=(HOME="$home" USER="$user" LANG=C.UTF-8
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
  local name
  for name in http_proxy https_proxy no_proxy SOCKSPEC_FUZZ_SECONDS; do
    [ -z "${!name:-}" ] || environment+=("$name=${!name}")
  done
  # The process namespace ends what the commands may have left running, and with it the mounts.
  # shellcheck disable=SC2016
  unshare --mount --propagation private --pid --fork --kill-child bash -c '
    set -e
    machine=$1 user=$2
    shift 2
    mount -t proc proc "$machine/proc"
    mount --rbind /sys "$machine/sys"
    mount --rbind /dev "$machine/dev"
    exec chroot "$machine" setpriv --reuid "$user" --regid "$user" --init-groups env -i "$@"
  ' bash "$machine" "$user" "${environment[@]}" bash -c 'cd ~/sockspec && exec "$@"' bash "$@"
}

# What was built here runs there only if there is nothing newer here.
if [ "${commands[*]}" = deb ] && [ -z "$package" ]; then
  . /etc/os-release
  [ "${VERSION_CODENAME:-}" = "$suite" ] || {
    echo "fresh-machine.sh: build the package on Debian 12 ($suite) and name it with --package" >&2
    exit 2
  }
  step "package"
  package=$repository/$("$repository/ci/package.sh")
fi

step "bare Debian 12"
make_machine
if [ "${commands[*]}" = deb ]; then
  mkdir -p "$machine$home/sockspec"
  cp "$package" "$repository/ci/package-in-use.sh" "$machine$home/sockspec/"
  cp "$(dirname "$package")"/sockspec-mpi_*.deb "$machine$home/sockspec/" 2>/dev/null || true  # where there is one
  chmod -R a+rX "$machine$home/sockspec"
  commands=(./package-in-use.sh)
else
  copy_repository
fi
status=0
for command in "${commands[@]}"; do
  step "$command as $user"
  inside "$command" || {
    code=$?
    echo "$command: exit code $code"
    [ $status -ne 0 ] || status=$code
  }
done
step "done, exit code $status"
exit $status
