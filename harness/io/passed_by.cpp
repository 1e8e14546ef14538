#include "io/passed_by.h"

#include <string>
#include <utility>

namespace halfopen::io {

PassedBy::PassedBy(Loop& loop, Descriptor listener, run::Inside& inside)
    : acceptor_(loop, std::move(listener),
                {[&inside](const Descriptor& /*socket*/, const std::string& peer) {
                  inside.went_past_proxy(now(), peer);
                }}) {}

}  // namespace halfopen::io
