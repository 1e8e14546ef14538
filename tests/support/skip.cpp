#include "support/skip.h"

#include <catch2/catch.hpp>
#include <cstdlib>

namespace halfopen::tests {

void skip(const std::string& why) {
  const char* forbidden = std::getenv("HALFOPEN_FORBID_SKIPS");
  if (forbidden != nullptr && std::string(forbidden) == "1")
    FAIL("skipped, which HALFOPEN_FORBID_SKIPS forbids: " << why);
  WARN("skipped: " << why);
}

}  // namespace halfopen::tests
