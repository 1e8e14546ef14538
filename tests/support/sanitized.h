// What a build with sanitizers cannot be held to.
#pragma once

namespace halfopen::tests {

/// Whether the program is built with the address sanitizer, which needs far more memory.
[[nodiscard]] constexpr bool sanitized() {
#if defined(__SANITIZE_ADDRESS__)
  return true;
#elif defined(__has_feature)
  return __has_feature(address_sanitizer);
#else
  return false;
#endif
}

}  // namespace halfopen::tests
