#include "base/error.h"

#include <cerrno>
#include <cstring>

namespace halfopen {

void throw_errno(std::string_view attempt) { throw Error(attempt, std::strerror(errno)); }

}  // namespace halfopen
