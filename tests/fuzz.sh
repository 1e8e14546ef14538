#!/usr/bin/env bash
# Builds the fuzzers with clang and the sanitizers, and runs each for a bounded time, as many at a
# time as there are cores: new inputs are kept in build/fuzz, and one that crashes, hangs or takes too
# much memory ends it with an error and its file's name.
#   fuzz.sh [SECONDS] [NAME…]   SECONDS for each fuzzer (default 10); NAME: of a file in tests/fuzz/
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=10
if [[ "${1:-}" =~ ^[0-9]+$ ]]; then seconds=$1 && shift; fi
names=("$@")
if [ "${#names[@]}" -eq 0 ]; then
  for file in tests/fuzz/*.cpp; do names+=("$(basename "$file" .cpp)"); done
fi

harness/setup.sh ci
cmake --preset asan >/dev/null
cmake --build --preset asan --target "${names[@]/#/fuzz_}"

fuzz() {
  local name=$1 seconds=$2 corpus=build/fuzz/$1 log=build/fuzz/$1.log seeds
  mkdir -p "$corpus"
  case "$name" in
    scenario) seeds=(scenarios tests/scenario/mistakes) ;;
    session) seeds=(tests/fuzz/seeds/request) ;;
    *) seeds=("tests/fuzz/seeds/$name") ;;
  esac
  if ! "build/asan/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
    -print_final_stats=1 -artifact_prefix=build/fuzz/ "$corpus" "${seeds[@]}" >"$log" 2>&1; then
    tail -n 60 "$log"
    printf 'fuzz %s: a finding; the input is named above\n' "$name"
    return 1
  fi
  printf 'fuzz %-14s %s inputs, no finding\n' "$name" \
    "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
}
export -f fuzz
printf '%s\n' "${names[@]}" |
  xargs --max-procs="$(nproc)" -I NAME bash -euo pipefail -c 'fuzz "$@"' fuzz NAME "$seconds"
