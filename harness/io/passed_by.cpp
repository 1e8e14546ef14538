#include "io/passed_by.h"

#include <utility>

#include "base/error.h"

namespace halfopen::io {

PassedBy::PassedBy(Loop& loop, Descriptor listener,
                   std::function<void(const std::string& peer)> came)
    : listener_(std::move(listener)),
      came_(std::move(came)),
      watch_(loop, listener_.get(), UV_READABLE, [this](int) { accept_all(); }) {}

void PassedBy::accept_all() try {
  std::string peer;
  while (const Descriptor socket = accept_from(listener_.get(), peer)) came_(peer);
} catch (const Error&) {
  // No descriptors are left: what comes later is not seen, and the other runs must not suffer.
  watch_.change(0);
}

}  // namespace halfopen::io
