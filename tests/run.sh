#!/usr/bin/env bash
# Sets up, builds, and runs all tests through ctest.
#   run.sh [PRESET] [ARGUMENT…]   PRESET: dev (default) or asan; arguments go to ctest
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=dev
case "${1:-}" in
  dev | asan) preset=$1 && shift ;;
esac

case "$preset" in
  dev) harness/setup.sh ;;
  asan) harness/setup.sh ci ;;
esac
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset"
# Most tests wait more than they work.
ctest --preset "$preset" --parallel "$(nproc)" --no-tests=error "$@"
