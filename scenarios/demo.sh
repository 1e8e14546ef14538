#!/usr/bin/env bash
# Sets up, builds, and runs the shipped scenarios against the shipped clients. Ends with the matrix of
# scenarios × clients, and leaves reports in report/.
#   demo.sh [ARGUMENT…]   arguments go to `halfopen run`, for example a folder: demo.sh scenarios/drops
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

harness/setup.sh
cmake --preset release >/dev/null
cmake --build --preset release

halfopen=build/release/halfopen
printf '\nEvery scenario must be able to fail: each against the mutants of the reference client.\n'
mutants=0
"$halfopen" mutants "$@" --client clients/reference --quiet || mutants=$?

printf '\nEvery shipped client, as it is.\n'
clients=(reference article ws reconnecting-websocket websockets chromium)
run=0
"$halfopen" run "$@" "${clients[@]/#/--client=clients/}" --quiet \
  --junit report/junit.xml --json report/report.json --trace-dir report/traces || run=$?

cat <<END

What went wrong in each failed run:   $halfopen judge report/traces/NAME.jsonl
The story of one scenario:            $halfopen explain scenarios/drops/reset.toml
Your own client:                      $halfopen run drops --client "node app.js {url}"
Reports: report/junit.xml, report/report.json, report/traces/
END

# Real clients do fail some scenarios: that is what they are for. A scenario that cannot fail, a
# client that does not start or a broken scenario is a failure of the demonstration.
[ "$mutants" -eq 0 ] && [ "$run" -le 1 ]
