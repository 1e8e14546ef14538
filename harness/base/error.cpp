#include "base/error.h"

#include <cerrno>
#include <cstring>

namespace halfopen {

void throw_errno(std::string_view attempt) { throw Error(attempt, reason_of(errno)); }

std::string reason_of(int number) {
  std::string reason = std::strerror(number);
  if (number == EMFILE) reason.append(" (").append(more_files).append(")");
  if (number == ENFILE) reason.append(" (the whole machine has opened as many as it may)");
  return reason;
}

}  // namespace halfopen
