#include "bounds.h"

#include <malloc.h>

#if defined(__SANITIZE_ADDRESS__)
/// Of the address sanitizer; Debian's g++ comes without its header.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();  // NOLINT
#endif

namespace halfopen::run {

std::size_t in_use() {
#if defined(__SANITIZE_ADDRESS__)
  return __sanitizer_get_current_allocated_bytes();
#else
  const struct mallinfo2 info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
#endif
}

bool grew_less_than(std::size_t mebibytes, std::size_t before) {
  return in_use() < before + mebibytes * 1024 * 1024;
}

Bytes repeated(const Bytes& what, int times) {
  Bytes all;
  for (int i = 0; i < times; ++i) append(all, what);
  return all;
}

}  // namespace halfopen::run
