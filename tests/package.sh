#!/usr/bin/env bash
# Builds the Debian package (cpack -G DEB) and tries it: in a root of its own, it is installed, runs
# there, and is removed without a trace. As root by dpkg itself; else it is unpacked only.
#   package.sh [FOLDER]   leaves the package in FOLDER (default: build/package)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$(realpath -m "${1:-build/package}")

fail() { printf 'package: %s\n' "$*" >&2 && exit 1; }

harness/setup.sh package
cmake --preset release >/dev/null
cmake --build --preset release
mkdir -p "$folder"
rm -f "$folder"/halfopen_*.deb
cpack -G DEB --config build/release/CPackConfig.cmake -B "$folder"
rm -rf "$folder/_CPack_Packages"
packages=("$folder"/halfopen_*.deb)
package=${packages[0]}
[ -f "$package" ] || fail "cpack leaves none in $folder"
[ "${#packages[@]}" = 1 ] || fail "not one package, but ${packages[*]}"

version=$(build/release/halfopen --version | sed -n '1s/^halfopen //p')
[ "$(dpkg-deb -f "$package" Package)" = halfopen ] || fail "it is not called halfopen"
[ "$(dpkg-deb -f "$package" Version)" = "$version" ] || fail "its version is not $version"
maintainer=$(dpkg-deb -f "$package" Maintainer)
[[ "$maintainer" =~ ^[^\<]+\ \<[^@\ ]+@[^.@\ ]+(\.[^.@\ ]+)+\>$ ]] ||
  fail "its maintainer is no name with an address: $maintainer"
depends=$(dpkg-deb -f "$package" Depends)
for library in libc6 libssl3 libuv1 zlib1g; do
  [[ ", $depends" == *", $library"* ]] || fail "it does not depend on $library, but on: $depends"
done

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
administration=$root/var/lib/dpkg
here() { dpkg --root="$root" --force-depends --log=/dev/null "$@"; }
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$administration"/{info,updates,triggers}
  touch "$administration/status"
  # An empty root has none of the libraries; the machine's are used.
  here -i "$package" >/dev/null 2>&1 || fail "dpkg does not install it"
else
  dpkg-deb -x "$package" "$root"
fi

# In the folder of nobody's sources, so that only what is installed is found.
halfopen() { (cd "$root" && usr/bin/halfopen "$@"); }
for file in man/man1/halfopen.1.gz man/man1/halfopen-run.1.gz doc/halfopen/copyright \
  bash-completion/completions/halfopen zsh/vendor-completions/_halfopen \
  fish/vendor_completions.d/halfopen.fish halfopen/scenarios/README.md halfopen/clients/README.md; do
  [ -f "$root/usr/share/$file" ] || fail "it lacks /usr/share/$file"
done
gzip -t "$root"/usr/share/man/man1/*.gz
[ ! -e "$root/usr/share/halfopen/clients/node_modules" ] || fail "it has the clients' npm packages"
halfopen --version | head -1
# To the end: grep -q would end the pipe early.
halfopen list | grep '^drops/reset ' >/dev/null || fail "halfopen list does not know drops/reset"
halfopen doctor || fail "halfopen doctor says that nothing can run"
halfopen run drops/reset --client clients/reference --link stream ||
  fail "drops/reset does not pass with the reference client"

if [ "$(id -u)" = 0 ]; then
  here -P halfopen >/dev/null 2>&1 || fail "dpkg does not remove it"
  left=$(find "$root" -path "$root/var" -prune -o ! -type d -print)
  [ -z "$left" ] || fail "removed, it leaves $left"
  [ ! -e "$root/usr" ] || fail "removed, it leaves folders: $(find "$root/usr")"
fi
printf 'package: %s is sound\n' "$package"
