#!/usr/bin/env bash
# The test that BUILD.bazel names: bazel.sh SCENARIOS CLIENT. Bazel says by variables which shard this is
# and where its results go.
set -euo pipefail

halfopen run "$1" --client "$2" --quiet --shard auto \
  --junit "$XML_OUTPUT_FILE" --trace-dir "$TEST_UNDECLARED_OUTPUTS_DIR"
