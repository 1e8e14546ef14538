#!/usr/bin/env bash
# Holds every folder of harness/ to the includes that harness/README.md allows it, and every
# third-party header to its one home: a folder, or one file where it takes long to compile.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../harness"

declare -A allowed=(
  [base]="base"
  [crypto]="base crypto"
  [ws]="base crypto ws"
  [link]="base link"
  [dns]="base dns"
  [capture]="base capture"
  [faults]="base crypto ws faults"
  [scenario]="base crypto ws link faults scenario"
  [trace]="base trace"
  [judge]="base faults link scenario trace judge"
  [report]="base faults link scenario trace judge report"
  [page]="base crypto link faults scenario trace judge report page"
  [run]="base crypto ws link dns faults scenario trace run"
  [io/loop]="base io/loop"
  [io/net]="base io/net"
  [io]="base crypto ws link dns capture faults scenario trace run io/loop io/net io"
  [cli]="base crypto ws link faults scenario trace judge report page run io/loop io/net io cli"
)
declare -A home=(
  [uv.h]="io/loop" [llhttp.h]="ws" [zlib.h]="ws" [openssl/]="crypto" [toml++/]="scenario"
  [re2/]="base" [pugixml]="report" [CLI/]="cli/command_line.cpp"
)

bad=0
complain() { printf '%s\n' "$1" && bad=1; }

# The folder that a file of harness/, or an include, belongs to.
folder_of() {
  case "$1" in
    io/loop/* | io/net/*) printf '%s' "${1%/*}" ;;
    *) printf '%s' "${1%%/*}" ;;
  esac
}

while IFS=: read -r file include; do
  folder=$(folder_of "$file")
  target=$(folder_of "$include")
  [[ " ${allowed[$folder]} " == *" $target "* ]] ||
    complain "$file: harness/$folder may not include $include (harness/README.md, Folders)"
done < <(grep -roE --include='*.h' --include='*.cpp' '#include "[a-z_]+/[^"]+' . |
  sed -E 's|^\./||; s|#include "||')

for header in "${!home[@]}"; do
  while IFS=: read -r file _; do
    [[ "$(folder_of "${file#./}")" = "${home[$header]}" || "${file#./}" = "${home[$header]}" ]] ||
      complain "$file: $header belongs to harness/${home[$header]} alone"
  done < <(grep -rnE --include='*.h' --include='*.cpp' "#include [<\"]${header//+/\\+}" . || true)
done

# A verdict is data: what makes words of it is above the judge.
while IFS=: read -r file _; do
  complain "${file#./}: the judge makes no words (harness/report has them)"
done < <(grep -rnE --include='*.h' --include='*.cpp' \
  '#include [<"](fmt/|base/units\.h|scenario/words\.h)' ./judge || true)

exit "$bad"
