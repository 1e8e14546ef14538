// Owned file descriptors.
#include "base/descriptor.h"

#include <fcntl.h>

#include <catch2/catch.hpp>
#include <utility>

using namespace halfopen;

namespace {

bool is_open(int number) { return ::fcntl(number, F_GETFD) >= 0; }
Descriptor some() { return Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

}  // namespace

TEST_CASE("a descriptor is closed when its owner goes") {
  int number = -1;
  {
    const Descriptor descriptor = some();
    number = descriptor.get();
    CHECK(is_open(number));
  }
  CHECK_FALSE(is_open(number));
}

TEST_CASE("moving passes the descriptor on, and closes what was there") {
  Descriptor a = some();
  Descriptor b = some();
  const int first = a.get();
  const int second = b.get();
  b = std::move(a);
  CHECK(b.get() == first);
  CHECK(is_open(first));
  CHECK_FALSE(is_open(second));
}

TEST_CASE("a released descriptor belongs to the caller") {
  Descriptor owner = some();
  const int number = owner.release();
  CHECK_FALSE(owner);
  CHECK(is_open(number));
  ::close(number);
}
