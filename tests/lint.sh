#!/usr/bin/env bash
# Runs clang-tidy on the project's sources, as many at a time as there are cores.
#   lint.sh [FILE…]   default: every source of harness/ and clients/
# It reads each file without precompiled headers, so that one which forgets an include is found. Files
# that were clean and have not changed, nor what they include, are passed over: that is remembered
# beside what ccache remembers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

harness/setup.sh ci
cmake --preset tidy >/dev/null

# It passes over what system headers declare, on which older ones spend most of their time.
linter=clang-tidy
command -v clang-tidy-22 >/dev/null && linter=clang-tidy-22

files=("$@")
[ "${#files[@]}" -gt 0 ] || mapfile -t files < <(git ls-files 'harness/*.cpp' 'clients/*.cpp')
tests/lint/lint.py --linter "$linter" --build build/tidy \
  --memory "$(ccache --get-config cache_dir)/halfopen-lint" "${files[@]}"
