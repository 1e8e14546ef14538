#include "io/passed_by.h"

#include <utility>

namespace halfopen::io {

PassedBy::PassedBy(Loop& loop, Descriptor listener,
                   std::function<void(const std::string& peer)> came)
    : came_(std::move(came)),
      acceptor_(loop, std::move(listener),
                {[this](const Descriptor& /*socket*/, const std::string& peer) { came_(peer); }}) {}

}  // namespace halfopen::io
