// How much memory is in use.
#pragma once

#include <malloc.h>

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
/// Of the address sanitizer; Debian's g++ comes without its header.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();  // NOLINT
#endif

namespace halfopen::tests {

/// Bytes of heap in use. (Not resident memory: the sanitizers hold freed memory back.)
inline std::size_t in_use() {
#if defined(__SANITIZE_ADDRESS__)
  return __sanitizer_get_current_allocated_bytes();
#else
  const struct mallinfo2 info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
#endif
}

}  // namespace halfopen::tests
