# Sourced by build-aux/run, test, bench and shell: a place in which Dubroom can be built and run.
#
# On a system that is new enough (its package manager offers GTK 4.18), missing packages are installed
# there. On an older one a Debian 13 tree is made once, under the cache directory, and entered in a mount
# namespace of its own; every directory of the machine that is not part of the system is seen inside
# under the same path, so that files are where the person has them.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/dubroom
suite=trixie

say() { printf '%s\n' "$*" >&2; }
die() { say "dubroom: $*"; exit 1; }

packages() { sed 's/#.*//' "$top/build-aux/packages" | tr -s ' \n' '\n\n' | sed '/^$/d'; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "installing packages needs root: run this once as root, or install sudo"; fi
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null \
    || die "the packages could not be installed: check the connection and the disk, then run this again"
}

offered_gtk() { apt-cache policy libgtk-4-dev 2>/dev/null | sed -n 's/ *Candidate: *//p'; }

# The floor of the design: GTK 4.18 stands for Debian 13 and later.
system_is_new_enough() {
  command -v dpkg >/dev/null || return 1
  local version
  version=$(dpkg-query -W -f '${Version}' libgtk-4-dev 2>/dev/null)
  if [ -z "$version" ]; then
    version=$(offered_gtk)
    # a machine whose package lists were never fetched knows of none
    [ -n "$version" ] || { as_root apt-get update -qq >&2 && version=$(offered_gtk); }
  fi
  [ -n "$version" ] && [ "$version" != '(none)' ] && dpkg --compare-versions "$version" ge 4.18
}

install_on_system() {
  local missing
  missing=$(packages | while read -r name; do
    dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || echo "$name"
  done)
  [ -z "$missing" ] && return
  say "Installing $(wc -w <<<"$missing") packages…"
  # shellcheck disable=SC2086
  apt_install $missing
}

tree_path() { printf '%s/%s-%s' "$cache" "$suite" "$( (echo 1; packages | sort) | sha256sum | cut -c1-12)"; }

make_tree() {
  local tree=$1 work mode=()
  command -v apt-get >/dev/null || die "GTK 4.18 or newer is needed, and this system has no apt-get to make a Debian 13 tree with"
  command -v mmdebstrap >/dev/null && command -v unshare >/dev/null || apt_install mmdebstrap util-linux debian-archive-keyring
  mkdir -p "$cache"
  exec 8>"$cache/lock"
  flock 8
  if [ ! -e "$tree/.ready" ]; then
    say "Making the build environment in $tree (once; it takes a few minutes and 4 GB)…"
    work=$tree.partial
    # what an ordinary user left half-made belongs to that user's sub-ids
    rm -rf "$work" 2>/dev/null || unshare --user --map-root-user --map-auto rm -rf "$work"
    [ "$(id -u)" = 0 ] && mode=(--mode=root)
    mmdebstrap --quiet "${mode[@]}" --variant=apt --format=directory \
      --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Retries "5"' \
      --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt=force-unsafe-io \
      --include="$(packages | paste -sd,)" \
      --customize-hook='for l in en_US de_DE he_IL; do chroot "$1" localedef -i $l -f UTF-8 $l.UTF-8; done' \
      --customize-hook='ln -sf /proc/self/mounts "$1/etc/mtab"; touch "$1/.ready"' \
      "$suite" "$work" >&2 8>&- \
      || die "the build environment could not be made: check the connection and the disk, then run this again"
    mv "$work" "$tree"
    say "The build environment is ready."
  fi
  exec 8>&-
}

is_of_the_system() {
  case $1/ in
    /bin/*|/boot/*|/dev/*|/etc/*|/lib*/*|/lost+found/*|/proc/*|/run/*|/sbin/*|/sys/*|/usr/*|/var/*) return 0 ;;
    *) return 1 ;;
  esac
}

# Directories of the machine to be seen inside the tree.
shared_directories() {
  local dir
  for dir in /*/; do
    dir=${dir%/}
    is_of_the_system "$dir" || [ -L "$dir" ] || echo "$dir"
  done
  [ ! -d "/run/user/$(id -u)" ] || echo "/run/user/$(id -u)"
  ! is_of_the_system "$top" || echo "$top"
}

# A plain chroot cannot start bubblewrap: hence the namespaces and pivot_root.
enter_tree() {
  local tree=$1 ns=(--mount --pid --propagation private --fork --kill-child); shift
  [ "$(id -u)" = 0 ] || ns+=(--user --map-root-user --map-auto)
  case $PWD/ in "$top"/*) ;; *) ! is_of_the_system "$PWD" || say "The files in $PWD are not seen in the build environment." ;; esac
  DUBROOM_SHARED=$(shared_directories) DUBROOM_PWD=$PWD DUBROOM_HOME=$HOME \
  exec unshare "${ns[@]}" bash -c '
set -e
tree=$1; shift
mount --bind "$tree" "$tree"
cd "$tree"
mkdir -p .old proc sys dev run tmp
mount -t proc proc proc
mount --rbind /sys sys; mount --make-rslave sys
mount -t tmpfs tmpfs dev -o mode=755
mkdir dev/pts dev/shm
for d in null zero full random urandom tty; do touch dev/$d; mount --bind /dev/$d dev/$d; done
[ ! -d /dev/dri ] || { mkdir dev/dri; mount --rbind /dev/dri dev/dri; }
mount -t devpts devpts dev/pts -o newinstance,ptmxmode=0666,mode=620; ln -s pts/ptmx dev/ptmx
mount -t tmpfs tmpfs dev/shm -o mode=1777
ln -s /proc/self/fd dev/fd; ln -s fd/0 dev/stdin; ln -s fd/1 dev/stdout; ln -s fd/2 dev/stderr
mount -t tmpfs tmpfs run -o mode=755
printf "%s\n" "$DUBROOM_SHARED" | while read -r d; do mkdir -p ".$d"; mount --rbind "$d" ".$d"; done
[ ! -e /etc/resolv.conf ] || cp -L /etc/resolv.conf etc/resolv.conf
[ ! -e /etc/hosts ] || cp -L /etc/hosts etc/hosts
pivot_root . .old
umount -l /.old
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=$DUBROOM_HOME
export LC_ALL=${LC_ALL:-C.UTF-8}
unset DUBROOM_SHARED LD_LIBRARY_PATH LD_PRELOAD PYTHONPATH PYTHONHOME PKG_CONFIG_PATH
cd "$DUBROOM_PWD" 2>/dev/null || cd /
unset DUBROOM_PWD DUBROOM_HOME
# not exec: as process 1 the program would be deaf to signals
status=0
env DUBROOM_ENVIRONMENT=tree "$@" || status=$?
exit "$status"' _ "$tree" "$@"
}

# in_environment COMMAND…: runs it where Dubroom can be built; does not return.
in_environment() {
  if [ -n "${DUBROOM_ENVIRONMENT:-}" ]; then exec "$@"; fi
  local tree
  tree=$(tree_path)
  if [ -e "$tree/.ready" ]; then enter_tree "$tree" "$@"; fi
  if system_is_new_enough; then
    install_on_system
    DUBROOM_ENVIRONMENT=system exec "$@"
  fi
  make_tree "$tree"
  enter_tree "$tree" "$@"
}
