// A listener goes on where descriptors were used up and are there again, and lets others have their
// turn.
#include "io/loop/acceptor.h"

#include <fcntl.h>
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <optional>
#include <vector>

#include "io/loop/stream.h"
#include "support/sanitized.h"
#include "wait.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace halfopen::io::testing;
using Catch::Matchers::Contains;

namespace {

/// Lowers the limit of open files to what is open, until it goes.
class NoDescriptors {
 public:
  NoDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const Descriptor next(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const rlimit low{static_cast<rlim_t>(next.get()), before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &low);
  }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;
  ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("an acceptor resumes once there are descriptors again, and loses no connection") {
  // The sanitizer looks at memory through a pipe, and takes what it cannot see for no object.
  if (tests::sanitized()) return;
  Loop loop;
  std::uint16_t port = 0;
  std::uint16_t own = 0;
  std::vector<Descriptor> accepted;
  std::vector<std::string> pauses;
  Acceptor acceptor(
      loop, listen_on_loopback(port),
      {[&](Descriptor socket, const std::string&) { accepted.push_back(std::move(socket)); },
       [&](const std::string& why) { pauses.push_back(why); }});
  const Descriptor one = connect_to_loopback(port, own);
  const Descriptor other = connect_to_loopback(port, own);
  {
    const NoDescriptors none;
    REQUIRE(run_until(loop, [&] { return pauses.size() == 3; }));
    CHECK(accepted.empty());
    CHECK_THAT(pauses.front(),
               Contains("accept a connection: Too many open files") && Contains("ulimit -n"));
  }
  REQUIRE(run_until(loop, [&] { return accepted.size() == 2; }));
  const std::size_t paused = pauses.size();
  const Descriptor third = connect_to_loopback(port, own);
  REQUIRE(run_until(loop, [&] { return accepted.size() == 3; }));
  CHECK(pauses.size() == paused);
}

TEST_CASE("whoever has many connections leaves descriptors to others") {
  if (tests::sanitized()) return;
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const rlimit low{512, before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &low);
  struct Side {
    std::uint16_t port = 0;
    std::vector<Descriptor> accepted{};
    std::vector<std::string> pauses{};
    std::optional<Acceptor> acceptor{};
    explicit Side(Loop& loop) {
      acceptor.emplace(loop, listen_on_loopback(port),
                       Acceptor::Events{[this](Descriptor socket, const std::string&) {
                                          accepted.push_back(std::move(socket));
                                        },
                                        [this](const std::string& why) { pauses.push_back(why); }});
    }
  };
  Loop loop;
  Side greedy(loop);
  Side modest(loop);
  std::uint16_t own = 0;
  std::vector<Descriptor> clients;
  for (int i = 0; i < 240; ++i) clients.push_back(connect_to_loopback(greedy.port, own));
  CHECK(run_until(loop, [&] { return greedy.pauses.size() > 2; }));
  CHECK(greedy.accepted.size() >= Acceptor::many);
  CHECK(greedy.accepted.size() < 200);
  for (int i = 0; i < 20; ++i) clients.push_back(connect_to_loopback(modest.port, own));
  CHECK(run_until(loop, [&] { return modest.accepted.size() == 20; }));
  CHECK(modest.pauses.empty());
  clients.erase(clients.begin(), clients.begin() + 200);
  CHECK(run_until(loop, [&] { return greedy.accepted.size() == 240; }));
  ::setrlimit(RLIMIT_NOFILE, &before);
}

TEST_CASE("whoever connects without a pause does not keep the loop from everything else") {
  Loop loop;
  std::uint16_t port = 0;
  std::uint16_t own = 0;
  int accepted = 0;
  std::vector<Descriptor> clients;
  Acceptor acceptor(loop, listen_on_loopback(port), {[&](const Descriptor&, const std::string&) {
                      if (++accepted < 500) clients.push_back(connect_to_loopback(port, own));
                    }});
  clients.push_back(connect_to_loopback(port, own));
  while (accepted == 0) uv_run(loop.uv(), UV_RUN_NOWAIT);
  CHECK(accepted == Acceptor::most_in_a_turn);
  REQUIRE(run_until(loop, [&] { return accepted == 500; }));
}
