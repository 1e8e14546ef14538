#!/usr/bin/env bash
# Sets up, builds, and shows what the shipped clients do about the five failures that halfopen was made
# for. Ends with the matrix of scenarios × clients, a minute or two after the build, and leaves
# reports in report/.
#   demo.sh                two scenarios of each failure
#   demo.sh --all          every shipped scenario: half an hour
#   demo.sh [ARGUMENT…]    arguments go to `halfopen run`, for example a folder: demo.sh scenarios/tls
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

five_failures=(
  blocked-port/closed blocked-port/prohibited
  bad-101/wrong-accept bad-101/missing-upgrade
  mixed-content/blocked mixed-content/allowed
  drops/reset drops/fin
  packet-loss/lost-syn packet-loss/lost-101
)
what=("$@")
case "${1:-}" in
  "") what=("${five_failures[@]}") ;;
  --all) what=(scenarios "${@:2}") ;;
esac

harness/setup.sh
cmake --preset release >/dev/null
cmake --build --preset release

halfopen=build/release/halfopen
printf '\nEvery scenario must be able to fail: each against the mutants of the reference client.\n'
mutants=0
"$halfopen" mutants "${what[@]}" --client clients/reference --quiet || mutants=$?

printf '\nEvery shipped client, as it is.\n'
clients=(reference article ws reconnecting-websocket websockets chromium)
run=0
"$halfopen" run "${what[@]}" "${clients[@]/#/--client=clients/}" --quiet \
  --junit report/junit.xml --json report/report.json --trace-dir report/traces || run=$?

cat <<END

What went wrong in each failed run:   $halfopen judge report/traces/NAME.jsonl
The story of one scenario:            $halfopen explain scenarios/drops/reset.toml
All of the shipped scenarios:         scenarios/demo.sh --all
Your own client:                      $halfopen run drops --client "node app.js {url}"
Reports: report/junit.xml, report/report.json, report/traces/
END

# Real clients do fail some scenarios: that is what they are for. A scenario that cannot fail, a
# client that does not start or a broken scenario is a failure of the demonstration.
[ "$mutants" -eq 0 ] && [ "$run" -le 1 ]
