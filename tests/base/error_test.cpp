// Errors say what was attempted and why it failed.
#include "base/error.h"

#include <catch2/catch.hpp>
#include <cerrno>

using namespace halfopen;

TEST_CASE("an error reads: attempt, colon, why") {
  CHECK(std::string(Error("opening x", "no").what()) == "opening x: no");
}

TEST_CASE("a system call's result is passed on, or thrown with its reason") {
  CHECK(check_system("reading", 5) == 5);
  CHECK(check_system("reading", 0) == 0);
  errno = ENOENT;
  CHECK_THROWS_WITH(check_system("opening x", -1), "opening x: No such file or directory");
}

TEST_CASE("where descriptors are used up, the error says what helps") {
  errno = EMFILE;
  CHECK_THROWS_WITH(
      check_system("opening x", -1),
      "opening x: Too many open files (raise the limit of open files: ulimit -n 4096)");
}
