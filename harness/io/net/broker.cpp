// halfopen's end: requests out, answers in.
#include "io/net/broker.h"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <set>

#include "base/error.h"
#include "io/net/broker_process.h"
#include "io/net/closer.h"
#include "io/net/process.h"
#include "io/net/protocol.h"
#include "io/net/unstoppable.h"
#include "io/net/untraceable.h"

namespace halfopen::io {
namespace {

using ExitHandler = std::function<void(const Exit&)>;

/// Turns an answer into a reply: `read` makes the value of it.
template <class T, class Read>
std::function<void(Message&&)> reply_to(std::function<void(Reply<T>)> done, Read read) {
  return [done = std::move(done), read](Message&& answer) {
    Reply<T> reply;
    reply.problem = problem_of(answer);
    try {
      if (reply.problem.empty()) reply.value = read(std::move(answer));
    } catch (const std::exception& failure) {
      reply.problem = failure.what();
    }
    if (done) done(std::move(reply));
  };
}

}  // namespace

struct Broker::Impl {
  Descriptor channel;
  Descriptor closer;
  Descriptor poll;   ///< An epoll instance over the channel and `alarm`.
  Descriptor alarm;  ///< Readable where requests have to fail without an answer.
  pid_t process = 0;
  std::optional<Unstoppable> unstoppable;
  std::optional<Untraceable> untraceable;  ///< From before the first client starts.
  Abilities abilities;
  bool alive = true;
  std::uint64_t last_request = 0;
  std::map<std::uint64_t, std::function<void(Message&&)>> pending;
  std::map<std::uint64_t, std::string> unsent;  ///< Requests that could not go out, and why.
  std::set<int> children;

  explicit Impl(const BrokerOptions& options);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void watch(const Descriptor& descriptor) const;
  void wait_for_abilities();
  void tell(const nlohmann::json& request);
  void fail_later(std::uint64_t id, const std::string& problem);
  void ask(nlohmann::json request, std::function<void(Message&&)> done);
  void broker_died();
  void fail_pending();
  void fail_unsent();
  void take(Message&& message, const ExitHandler& tell_exit);
  void report_lost_children(const ExitHandler& tell_exit);
};

Broker::Impl::Impl(const BrokerOptions& options)
    : poll(check_system("make an epoll instance", ::epoll_create1(EPOLL_CLOEXEC))),
      alarm(check_system("make an eventfd", ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))) {
  Channel requests = make_channel();
  Channel to_close = make_channel();
  const rlimit before = raise_file_limit();
  const pid_t halfopen = ::getpid();
  process = check_system("start the broker", ::fork());
  if (process == 0) {
    try {
      run_broker({requests.theirs.get(), to_close.theirs.get(), halfopen, before, options});
    } catch (...) {
      ::_exit(1);  // halfopen sees the channel's end
    }
    ::_exit(0);
  }
  unstoppable.emplace(process);
  channel = std::move(requests.ours);
  closer = std::move(to_close.ours);
  watch(channel);
  watch(alarm);
  requests.theirs.reset();
  to_close.theirs.reset();
  wait_for_abilities();
  untraceable.emplace();
}

Broker::Impl::~Impl() {
  channel.reset();
  closer.reset();
  while (::waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
  }
  unstoppable.reset();
}

void Broker::Impl::watch(const Descriptor& descriptor) const {
  epoll_event event{};
  event.events = EPOLLIN;
  check_system("watch a descriptor",
               ::epoll_ctl(poll.get(), EPOLL_CTL_ADD, descriptor.get(), &event));
}

void Broker::Impl::wait_for_abilities() {
  Received received = receive(channel.get(), Wait::yes);
  if (received.arrival != Arrival::message) throw Error("start the broker", "it died at once");
  abilities = read_abilities(received.message.body.at("abilities"));
  for (Descriptor& leftover : received.message.descriptors) {
    close_through(closer.get(), std::move(leftover));
  }
}

void Broker::Impl::tell(const nlohmann::json& request) {
  if (!alive) return;
  try {
    // May wait, but not for long: the broker always reads.
    send(channel.get(), {request, {}}, Wait::yes);
  } catch (const Error& failure) {
    // Where the broker died, the channel's end says so to readable(), too.
    if (request.contains("id")) fail_later(request["id"].get<std::uint64_t>(), failure.what());
  }
}

/// On the loop's next turn.
void Broker::Impl::fail_later(std::uint64_t id, const std::string& problem) {
  unsent[id] = problem;
  const std::uint64_t one = 1;
  check_system("raise an alarm", ::write(alarm.get(), &one, sizeof one));
}

void Broker::Impl::ask(nlohmann::json request, std::function<void(Message&&)> done) {
  const std::uint64_t id = ++last_request;
  pending.emplace(id, std::move(done));
  if (!alive) return fail_later(id, "ask the broker: it has died");
  request["id"] = id;
  tell(request);
}

void Broker::Impl::broker_died() {
  alive = false;
  ::epoll_ctl(poll.get(), EPOLL_CTL_DEL, channel.get(), nullptr);  // or it is readable for ever
}

void Broker::Impl::fail_unsent() {
  std::uint64_t count = 0;
  while (::read(alarm.get(), &count, sizeof count) > 0) {
  }
  for (const auto& [id, problem] : std::exchange(unsent, {})) {
    const auto failed = pending.extract(id);
    if (!failed.empty()) failed.mapped()(problem_message(problem));
  }
}

void Broker::Impl::fail_pending() {
  const auto failed = std::move(pending);
  pending.clear();
  for (const auto& [id, done] : failed) done(problem_message("ask the broker: it has died"));
}

void Broker::Impl::take(Message&& message, const ExitHandler& tell_exit) {
  if (!message.body.is_object()) return;
  if (message.body.contains("exit")) {
    const Exit exit = read_exit(message.body.at("exit"));
    children.erase(exit.child);
    if (tell_exit) tell_exit(exit);
    return;
  }
  const auto found = pending.find(message.body.value("id", std::uint64_t{0}));
  if (found == pending.end()) return;
  const auto done = std::move(found->second);
  pending.erase(found);
  if (message.body.contains("child")) children.insert(message.body.at("child").get<int>());
  done(std::move(message));
}

void Broker::Impl::report_lost_children(const ExitHandler& tell_exit) {
  const std::set<int> lost = std::exchange(children, {});
  for (const int child : lost) {
    if (tell_exit) tell_exit({child, -1, SIGKILL, true});
  }
}

Broker::Broker(const BrokerOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Broker::~Broker() = default;

const Abilities& Broker::abilities() const { return impl_->abilities; }

void Broker::make_world(const WorldRequest& request, std::function<void(Reply<World>)> done) {
  nlohmann::json body = describe(request);
  body["do"] = "world";
  impl_->ask(std::move(body), reply_to<World>(std::move(done), read_world));
}

void Broker::end_world(int world) { impl_->tell({{"do", "end-world"}, {"world", world}}); }

void Broker::switch_device(int world, bool up, std::function<void(Reply<bool>)> done) {
  impl_->ask({{"do", "device"}, {"world", world}, {"up", up}},
             reply_to<bool>(std::move(done), [up](Message&&) { return up; }));
}

void Broker::readdress(int world, std::function<void(Reply<bool>)> done) {
  impl_->ask({{"do", "readdress"}, {"world", world}},
             reply_to<bool>(std::move(done), [](Message&&) { return true; }));
}

void Broker::memory(int child, std::function<void(Reply<std::uint64_t>)> done) {
  impl_->ask({{"do", "memory"}, {"child", child}},
             reply_to<std::uint64_t>(std::move(done), [](Message&& answer) {
               return answer.body.at("memory").get<std::uint64_t>();
             }));
}

void Broker::device_drops(int world, std::function<void(Reply<DeviceDrops>)> done) {
  impl_->ask({{"do", "drops"}, {"world", world}},
             reply_to<DeviceDrops>(std::move(done), [](Message&& answer) {
               return DeviceDrops{answer.body.at("client").get<std::uint64_t>(),
                                  answer.body.at("server").get<std::uint64_t>()};
             }));
}

void Broker::close_later(Descriptor descriptor) {
  close_through(impl_->closer.get(), std::move(descriptor));
}

void Broker::spawn(const SpawnRequest& request, std::function<void(Reply<Child>)> done) {
  nlohmann::json body = describe(request);
  body["do"] = "spawn";
  impl_->ask(std::move(body), reply_to<Child>(std::move(done), read_child));
}

void Broker::signal(int child, int number) {
  impl_->tell({{"do", "signal"}, {"child", child}, {"number", number}});
}

bool Broker::alive() const { return impl_->alive; }

int Broker::descriptor() const { return impl_->poll.get(); }

void Broker::readable() {
  impl_->fail_unsent();
  while (impl_->alive) {
    Received received;
    try {
      received = receive(impl_->channel.get(), Wait::no);
    } catch (const Error&) {
      continue;  // one message that is none
    }
    if (received.arrival == Arrival::nothing) return;
    if (received.arrival == Arrival::closed) {
      impl_->broker_died();
    } else {
      impl_->take(std::move(received.message), on_exit);
    }
  }
  impl_->fail_pending();
  impl_->report_lost_children(on_exit);
}

}  // namespace halfopen::io
