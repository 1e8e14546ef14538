#!/usr/bin/env bash
# What takes too long for each commit (.ci/run): all tests, every mutant against every scenario that
# names it, four mutants against all scenarios, long fuzzing, every shipped scenario against every
# shipped client, the Debian package, and the measurements. It goes on after a failure, and its last
# lines say what failed.
#   nightly.sh [STEP…]   steps: ci suites fuzzers clients package bench (default: all)
# FUZZ_SECONDS: for each fuzzer (default 300).
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export HALFOPEN_FORBID_SKIPS=1

ci() { .ci/run; }

suites() {
  harness/setup.sh && cmake --preset dev >/dev/null &&
    cmake --build --preset dev --target test_e2e_suite &&
    build/dev/tests/e2e/test_e2e_suite '[nightly]' --durations yes
}

fuzzers() { tests/fuzz.sh "${FUZZ_SECONDS:-300}"; }

# Fails where a scenario cannot fail or a client does not start, not where a client fails one.
clients() { scenarios/demo.sh --all; }

package() { tests/package.sh; }

bench() { tests/bench.sh; }

steps=("$@")
[ "${#steps[@]}" -gt 0 ] || steps=(ci suites fuzzers clients package bench)
told=() failed=0
for step in "${steps[@]}"; do
  case "$step" in
    ci | suites | fuzzers | clients | package | bench) ;;
    *) echo "nightly.sh: unknown step $step" >&2; exit 2 ;;
  esac
  printf '\n== %s\n' "$step"
  start=$SECONDS
  result=passed
  "$step" || { result=FAILED; failed=1; }
  told+=("$(printf '%-12s %s after %d s' "$step" "$result" $((SECONDS - start)))")
done
printf '\n'
printf '%s\n' "${told[@]}"
exit "$failed"
