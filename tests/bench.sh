#!/usr/bin/env bash
# Sets up, builds with optimisation, measures, and prints a table: each figure beside its bar, and
# beside a peer in the same run where there is one. It judges nothing: the exit code is 0 where all
# could be measured. Where toxiproxy-server is in the PATH, it is measured, too.
#   bench.sh [--quick] [SECTION…]   sections: model lateness kernel stream packet relay echo waiting attempts
# --quick only shows that it works. For figures that mean something leave the machine alone for the
# three minutes that it takes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

harness/setup.sh bench
cmake --preset release -B build/bench -DHALFOPEN_BENCH=ON >/dev/null
cmake --build build/bench --target halfopen halfopen-reference halfopen-bench

version_of() { sed -n 's/.*"version": "\(.*\)".*/\1/p;T;q' "$1/package.json" || true; }

echo
echo "processor  $(sed -n 's/^model name[^:]*: //p;T;q' /proc/cpuinfo), $(nproc) cores"
echo "system     $(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release), kernel $(uname -r)"
echo "load       $(cut -d ' ' -f 1-3 /proc/loadavg)"
echo "peers      iperf3 $(iperf3 --version | sed -n 's/^iperf \([^ ]*\).*/\1/p;q'), \
$(haproxy -v | sed -n 's/^\(HAProxy\) version \([^ ]*\).*/\1 \2/p'), \
$(socat -V | sed -n 's/^socat version \([^ ]*\).*/socat \1/p'), \
Node $(node --version), ws $(version_of clients/node_modules/ws), \
Bun $(version_of tests/bench/peers/node_modules/bun)"
build/bench/halfopen-bench "$@"
