#!/usr/bin/env bash
# Runs clang-tidy on the project's sources, as many at a time as there are cores.
#   lint.sh [FILE…]   default: every source of harness/ and clients/
# It reads each file without precompiled headers, so that one which forgets an include is found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

harness/setup.sh ci
cmake --preset tidy >/dev/null

# It passes over what system headers declare, on which older ones spend most of their time.
linter=clang-tidy
command -v clang-tidy-22 >/dev/null && linter=clang-tidy-22

files=("$@")
[ "${#files[@]}" -gt 0 ] || mapfile -t files < <(git ls-files 'harness/*.cpp' 'clients/*.cpp')
printf '%s\n' "${files[@]}" |
  xargs --max-procs="$(nproc)" --max-args=4 "$linter" -p build/tidy --quiet 2>&1 |
  { grep --line-buffered -v 'warnings generated\|Suppressed\|Use -header-filter\|Processing file' || true; }
printf 'lint: %s read %d files, no finding\n' "$linter" "${#files[@]}"
