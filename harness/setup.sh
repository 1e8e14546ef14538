#!/usr/bin/env bash
# Installs what halfopen needs and this machine lacks: packages by apt, and the npm packages of the
# shipped clients. Does nothing, quickly, where nothing is missing.
#   setup.sh          to build, test and run the shipped clients
#   setup.sh ci       … and to check formatting, run clang-tidy, build with clang, try manual pages,
#                     completions and the schema as editors read it, and look at the report in Firefox
#                     and with axe-core
#   setup.sh bench    … and to measure beside other programs
#   setup.sh package  … and to make a Debian package
# HALFOPEN_SKIP_SETUP=1 skips all of it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build=(g++ cmake ninja-build pkg-config ccache libuv1-dev libssl-dev zlib1g-dev catch2
  libtomlplusplus-dev libre2-dev libcli11-dev libfmt-dev nlohmann-json3-dev libpugixml-dev
  node-llhttp)
# Programs that know nothing of halfopen: the tests let them name what it does.
witnesses=(python3 python3-jsonschema python3-yaml openssl curl bind9-dnsutils tshark)
# Without these some clients are "unsupported", and the rest works.
clients=(python3-websockets chromium libnss3-tools ca-certificates)
command -v node >/dev/null || clients+=(nodejs)
command -v npm >/dev/null || clients+=(npm)
# The report is looked at in it.
browsers=()
# Where it is missing, the system's own clang-tidy serves, in three times the time.
linter=()

case "${1:-}" in
  "") ;;
  ci)
    build+=(clang clang-tidy clang-format libclang-rt-dev) linter=(clang-tidy-22)
    # Those who read what is installed: manual pages and completions.
    witnesses+=(mandoc zsh fish)
    browsers=(firefox-esr)
    ;;
  bench) build+=(iperf3 socat haproxy iproute2) ;;
  package) build+=(dpkg-dev file) ;;
  *) echo "setup.sh: unknown argument $1 (nothing, ci, bench or package)" >&2; exit 2 ;;
esac

say() { printf 'setup: %s\n' "$*" >&2; }

name_packages_elsewhere() {
  cat >&2 <<'NAMES'
setup: there is no apt here. The packages have other names on other systems; install these, then
setup: run again with HALFOPEN_SKIP_SETUP=1. Only Debian 12 is tested.
  Fedora  gcc-c++ cmake ninja-build pkgconf ccache libuv-devel openssl-devel zlib-devel catch2-devel
          tomlplusplus-devel re2-devel cli11-devel fmt-devel json-devel pugixml-devel
          nodejs npm python3-websockets chromium nss-tools bind-utils
          wireshark-cli
  Arch    gcc cmake ninja pkgconf ccache libuv openssl zlib catch2-v2 tomlplusplus re2 cli11 fmt
          nlohmann-json pugixml nodejs npm python-websockets chromium nss bind wireshark-cli
  Alpine  g++ cmake samurai pkgconf ccache libuv-dev openssl-dev zlib-dev catch2-2 tomlplusplus-dev
          re2-dev cli11-dev fmt-dev nlohmann-json pugixml-dev nodejs npm py3-websockets chromium nss-tools
          bind-tools tshark
  llhttp  is built from its C sources; where no package ships them, unpack a release of llhttp and give
          cmake -DLLHTTP_SOURCES=…/src -DLLHTTP_INCLUDE=…/include
  macOS   is not supported: halfopen stands on Linux network namespaces.
NAMES
}

missing_of() {
  # shellcheck disable=SC2016
  local installed='$2 == "installed" { print $1 }'
  comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | awk "$installed" | sort -u)
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "neither root nor sudo; as root: $*"
    exit 1
  fi
}

install_packages() {
  local missing=() package
  mapfile -t missing < <(missing_of "${build[@]}" "${witnesses[@]}" "${clients[@]}" "${browsers[@]}" "${linter[@]}")
  [ "${#missing[@]}" -gt 0 ] || return 0
  as_root apt-get update -q
  local wanted=()
  for package in "${missing[@]}"; do
    # Ubuntu, for one, has its browser as a snap only, which namespaces cannot start.
    if [[ " ${clients[*]} ${browsers[*]} ${linter[*]} " == *" $package "* ]] &&
      ! apt-cache show "$package" >/dev/null 2>&1; then
      say "no package $package here; what needs it goes without, or is unsupported"
    else
      wanted+=("$package")
    fi
  done
  [ "${#wanted[@]}" -gt 0 ] || return 0
  say "installing ${wanted[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${wanted[@]}"
}

# install_node_packages FOLDER WITHOUT: what goes without them if that fails
install_node_packages() {
  local lock=$1/package-lock.json stamp=$1/node_modules/.package-lock.json
  command -v npm >/dev/null || return 0
  [ ! -f "$stamp" ] || [ "$lock" -nt "$stamp" ] || return 0
  say "installing the npm packages of $1/"
  if ! npm ci --prefix "$1" --no-audit --no-fund --loglevel=error >&2; then
    say "npm ci failed: $2 until it works"
  fi
}

[ "${HALFOPEN_SKIP_SETUP:-}" = 1 ] && exit 0
if ! command -v apt-get >/dev/null; then
  name_packages_elsewhere
  exit 1
fi
install_packages
install_node_packages clients "the clients in Node will be unsupported"
if [ "${1:-}" = ci ]; then
  install_node_packages tests/e2e/editors "what editors make of the JSON Schema is not tried"
  install_node_packages tests/browsers "tests of the report in browsers are left out"
fi
if [ "${1:-}" = bench ]; then
  install_node_packages tests/bench/peers "uWebSockets will be missing beside the echo"
fi
