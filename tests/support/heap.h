// How much memory is in use.
#pragma once

#include <malloc.h>

#include <cstddef>

/// Of the sanitizers, which have a heap of their own that mallinfo2 knows nothing of; null in a
/// build without. (Debian's g++ comes without their header.)
extern "C" [[gnu::weak]] std::size_t __sanitizer_get_current_allocated_bytes();  // NOLINT

namespace halfopen::tests {

/// Bytes of heap in use. (Not resident memory: the sanitizers hold freed memory back.)
inline std::size_t in_use() {
  if (__sanitizer_get_current_allocated_bytes != nullptr)
    return __sanitizer_get_current_allocated_bytes();
  const struct mallinfo2 info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

}  // namespace halfopen::tests
