#!/usr/bin/env bash
# Launches clang through ccache so that any checkout of the same sources hits (CMakeLists.txt).
#   clang_ccache.sh CCACHE COMMAND…
set -euo pipefail
ccache=$1 && shift

# ccache makes most paths relative, but not what -Xclang -include is followed by.
command=("${@/#"$PWD/"/}")

case " $* " in
  *" -emit-pch "*) ;;
  *) CCACHE_PCH_EXTSUM=1 exec "$ccache" "${command[@]}" ;;
esac

# clang writes its working folder into a precompiled header, so that no two checkouts have the same
# bytes in it. Each makes its own, and tells ccache what it was made of: the header's .sum.
"$@"
previous='' made='' dependencies=''
for argument in "$@"; do
  case "$previous" in
    -o) made=$argument ;;
    -MF) dependencies=$argument ;;
  esac
  previous=$argument
done
{
  printf '%s\n' "${@//"$CCACHE_BASEDIR"/}"
  sed -E 's/^[^ ]*: //; s/ ?\\$//' "$dependencies" | xargs cat
} | sha256sum >"$made.sum"
