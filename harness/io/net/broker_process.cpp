#include "io/net/broker_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "base/error.h"
#include "base/signals.h"
#include "io/net/children.h"
#include "io/net/closer.h"
#include "io/net/descendants.h"
#include "io/net/poll_loop.h"
#include "io/net/probe.h"
#include "io/net/process.h"
#include "io/net/protocol.h"
#include "io/net/untraceable.h"
#include "io/net/worlds.h"

namespace halfopen::io {
namespace {

constexpr int last_wait_ms = 20;
constexpr int last_waits = 100;

/// The loop, and what the requests mean.
class Server {
 public:
  Server(const BrokerProcess& broker, Probed& probed, pid_t closer)
      : broker_(broker),
        probed_(probed),
        closer_(closer),
        parent_(process_descriptor(broker.parent)),
        signals_(watch_children()),
        outbox_(broker.channel),
        worlds_(loop_, outbox_, probed.access),
        children_(loop_, outbox_, broker.file_limit) {}

  void run();

 private:
  void read_requests();
  void serve(const nlohmann::json& body);
  void serve_answered(const nlohmann::json& body, std::uint64_t request);
  void spawn(const nlohmann::json& body, std::uint64_t request);
  void reap();
  void end();
  [[nodiscard]] bool all_ended() const { return children_.empty() && closer_ == 0; }

  const BrokerProcess& broker_;
  Probed& probed_;
  pid_t closer_;  ///< 0 once it has ended.
  Descriptor parent_;
  Descriptor signals_;
  PollLoop loop_;
  Outbox outbox_;
  Worlds worlds_;
  Children children_;
  bool serving_ = true;
};

void Server::run() {
  loop_.watch(broker_.channel, [this] { read_requests(); });
  loop_.watch(signals_.get(), [this] { reap(); });
  if (parent_) loop_.watch(parent_.get(), [this] { serving_ = false; });
  outbox_.post({{{"abilities", describe(probed_.abilities)}}, std::move(probed_.leftovers)});
  while (serving_) {
    loop_.wait_until_writable(outbox_.flush() ? broker_.channel : -1);
    loop_.run_once(-1);
  }
  end();
}

void Server::read_requests() {
  while (serving_) {
    Received received;
    try {
      received = receive(broker_.channel, Wait::no);
    } catch (const Error&) {
      continue;  // what is no message asks for nothing
    }
    if (received.arrival == Arrival::nothing) return;
    serving_ = received.arrival == Arrival::message;
    if (serving_) serve(received.message.body);
  }
}

void Server::serve(const nlohmann::json& body) {
  if (!body.is_object()) return;
  const auto request = body.value("id", std::uint64_t{0});
  try {
    if (const auto problem = body.find("problem"); problem != body.end())
      throw Error(problem->get<std::string>());
    if (request != 0) return serve_answered(body, request);
    if (body.at("do") == "signal") children_.signal(body.at("child"), body.at("number"));
    if (body.at("do") == "end-world") {
      children_.end_world(body.at("world"));
      worlds_.end(body.at("world"));
    }
  } catch (const std::exception& failure) {
    if (request != 0) outbox_.answer(request, problem_message(failure.what()));
  }
}

void Server::serve_answered(const nlohmann::json& body, std::uint64_t request) {
  const auto what = body.at("do").get<std::string>();
  if (what == "spawn") return spawn(body, request);
  if (what == "memory")
    return outbox_.answer(request, {{{"memory", children_.memory(body.at("child"))}}, {}});
  if (!probed_.abilities.packet_link()) throw Error("make a world", probed_.abilities.why_not);
  if (what == "world") {
    worlds_.make(request, read_world_request(body));
  } else if (what == "device") {
    worlds_.switch_device(body.at("world"), body.at("up"));
    outbox_.answer(request, {});
  } else if (what == "readdress") {
    worlds_.readdress(body.at("world"));
    outbox_.answer(request, {});
  } else {
    const DeviceDrops drops = worlds_.device_drops(body.at("world"));
    outbox_.answer(request, {{{"client", drops.client}, {"server", drops.server}}, {}});
  }
}

void Server::spawn(const nlohmann::json& body, std::uint64_t request) {
  const SpawnRequest asked = read_spawn_request(body);
  Room room;
  if (asked.world != 0) {
    room = {probed_.access.user_namespace, worlds_.client_namespace(asked.world)};
  }
  children_.spawn(request, asked, room);
}

void Server::reap() {
  signalfd_siginfo ignored{};
  while (::read(signals_.get(), &ignored, sizeof ignored) > 0) {
  }
  pid_t process = 0;
  int status = 0;
  while ((process = ::waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
    if (WIFSTOPPED(status)) {
      ::kill(process, SIGCONT);  // a client stopped what is above it; that must go on obeying
      continue;
    }
    children_.reaped(process);
    if (process == closer_) closer_ = 0;
  }
}

void Server::end() {
  loop_.forget(broker_.channel);
  if (parent_) loop_.forget(parent_.get());
  loop_.wait_until_writable(-1);
  worlds_.end_all();
  children_.end_all();
  for (int round = 0; round < last_waits && !all_ended(); ++round) {
    loop_.run_once(last_wait_ms);
  }
  kill_own_descendants();
}

/// Away from halfopen's terminal, its standard streams and its signals: only the channel's end ends
/// the broker.
void settle_down() {
  name_process("halfopen-broker");
  ::setsid();
  for (const int number : {SIGQUIT, SIGPIPE, SIGXFSZ}) ::signal(number, SIG_IGN);
  for (const int number : orders_to_end()) ::signal(number, SIG_IGN);
  for (const int number : strays()) ::signal(number, SIG_IGN);
  check_system("become a reaper", ::prctl(PR_SET_CHILD_SUBREAPER, 1));
  const int nothing = check_system("open /dev/null", ::open("/dev/null", O_RDWR | O_CLOEXEC));
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(nothing, STDOUT_FILENO);
  if (::fcntl(STDERR_FILENO, F_GETFD) < 0) ::dup2(nothing, STDERR_FILENO);
  if (nothing > STDERR_FILENO) ::close(nothing);
}

pid_t start_closer(int channel) {
  const pid_t process = check_system("start a process", ::fork());
  if (process != 0) return process;
  try {
    name_process("halfopen-closer");
    close_all_but({channel});
    const Untraceable untraceable;
    run_closer(channel);
  } catch (...) {
    ::_exit(1);  // halfopen then closes by itself
  }
  ::_exit(0);
}

}  // namespace

void run_broker(const BrokerProcess& broker) {
  settle_down();
  close_all_but({broker.channel, broker.closer});
  const pid_t closer = start_closer(broker.closer);
  ::close(broker.closer);
  Probed probed = probe(broker.options);
  const Untraceable untraceable;  // not before: a user namespace has been made for good
  Server(broker, probed, closer).run();
}

}  // namespace halfopen::io
