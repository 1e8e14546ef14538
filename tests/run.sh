#!/usr/bin/env bash
# Sets up, builds, and runs all tests through ctest.
#   run.sh [PRESET] [--units | --hostile] [ARGUMENT…]   PRESET: dev (default) or asan; arguments go
#                                                       to ctest
# --units leaves out the end-to-end tests; --hostile leaves those with clients that mean harm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=dev
case "${1:-}" in
  dev | asan) preset=$1 && shift ;;
esac
targets=() chosen=() at_once=$(nproc)
case "${1:-}" in
  --units) shift && targets=(--target units) chosen=(--exclude-regex e2e) ;;
  --hostile)
    shift && targets=(--target test_e2e_hostile) chosen=(--tests-regex '^e2e_hostile')
    at_once=$((2 * $(nproc)))
    ;;
esac

case "$preset" in
  dev) harness/setup.sh ;;
  asan) harness/setup.sh ci ;;
esac
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset" "${targets[@]}"
# Most tests wait more than they work.
ctest --preset "$preset" --parallel "$at_once" --no-tests=error "${chosen[@]}" "$@"
