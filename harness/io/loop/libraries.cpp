#include "io/loop/libraries.h"

#include <uv.h>

namespace halfopen::io {

std::vector<Library> libraries() { return {{"libuv", uv_version_string()}}; }

}  // namespace halfopen::io
