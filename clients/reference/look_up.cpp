#include "look_up.h"

#include <netdb.h>
#include <resolv.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <string>
#include <thread>

#include "base/descriptor.h"
#include "base/error.h"

namespace reference {

struct LookUp::State {
  Url url;
  bool asks_by_tcp = true;
  halfopen::Descriptor event;
  Targets found;
  std::string problem;
  std::atomic<bool> done = false;  ///< What stands above it is the thread's until then.

  void work() {
    if (!asks_by_tcp) {
      ::res_init();
      _res.options |= RES_IGNTC;  // Of this thread only.
    }
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* first = nullptr;
    const int failure =
        ::getaddrinfo(url.host.c_str(), std::to_string(url.port).c_str(), &hints, &first);
    if (failure != 0) problem = gai_strerror(failure);
    for (const addrinfo* each = first; each != nullptr; each = each->ai_next) {
      Target target;
      target.size = each->ai_addrlen;
      std::memcpy(&target.address, each->ai_addr, each->ai_addrlen);
      found.push_back(target);
    }
    if (first != nullptr) ::freeaddrinfo(first);
    done = true;
    ::eventfd_write(event.get(), 1);
  }
};

LookUp::LookUp(const Url& url, bool asks_by_tcp) : state_(std::make_shared<State>()) {
  state_->url = url;
  state_->asks_by_tcp = asks_by_tcp;
  state_->event = halfopen::Descriptor(
      halfopen::check_system("make an event", ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)));
  std::thread([state = state_] { state->work(); }).detach();
}

int LookUp::number() const { return state_->event.get(); }

bool LookUp::done() const { return state_->done; }

const Targets& LookUp::targets() const {
  if (!state_->problem.empty())
    throw halfopen::Error("resolve " + state_->url.host, state_->problem);
  return state_->found;
}

Targets interleaved(const Targets& targets) {
  if (targets.empty()) return {};
  const int preferred = targets.front().family();
  std::vector<Target> first;
  std::vector<Target> second;
  for (const Target& target : targets)
    (target.family() == preferred ? first : second).push_back(target);
  Targets mixed;
  for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
    if (i < first.size()) mixed.push_back(first[i]);
    if (i < second.size()) mixed.push_back(second[i]);
  }
  return mixed;
}

}  // namespace reference
