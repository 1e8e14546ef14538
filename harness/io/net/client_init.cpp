#include "io/net/client_init.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "io/net/client_files.h"
#include "io/net/command.h"
#include "io/net/descendants.h"
#include "io/net/message.h"
#include "io/net/process.h"
#include "io/net/untraceable.h"

namespace halfopen::io {
namespace {

bool in_world(const ClientInit& init) { return init.request.world != 0; }

void prepare(const ClientInit& init) {
  name_process("halfopen-init");
  if (in_world(init)) {
    // The kernel ends all of a PID namespace with its first process.
    check_system("die with the broker", ::prctl(PR_SET_PDEATHSIG, SIGKILL));
    mount_client_files(init.request.hosts);
  } else {
    check_system("become a reaper", ::prctl(PR_SET_CHILD_SUBREAPER, 1));
  }
}

void signal_all(const ClientInit& init, int number) {
  if (in_world(init)) {
    ::kill(-1, number);  // all of the PID namespace but its first process
  } else {
    signal_descendants(::getpid(), number);
  }
}

/// Obeys the broker; false once it is gone.
bool obey(const ClientInit& init) {
  while (true) {
    const Received received = receive(init.control, Wait::no);
    if (received.arrival == Arrival::closed) return false;
    if (received.arrival == Arrival::nothing) return true;
    signal_all(init, received.message.body.at("signal").get<int>());
  }
}

/// Reaps whatever ended; the command's status once that is among it.
std::optional<int> reap(pid_t command) {
  std::optional<int> ended;
  int status = 0;
  pid_t process = 0;
  while ((process = ::waitpid(-1, &status, WNOHANG)) > 0) {
    if (process == command) ended = status;
  }
  return ended;
}

void report_exit(const ClientInit& init, int status) {
  Exit exit;
  exit.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  exit.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  send(init.control, {{{"exited", {{"code", exit.code}, {"signal", exit.signal}}}}, {}}, Wait::yes);
}

void attend(const ClientInit& init, pid_t command, const Descriptor& children) {
  std::array<pollfd, 2> polled{pollfd{init.control, POLLIN, 0}, pollfd{children.get(), POLLIN, 0}};
  while (true) {
    if (::poll(polled.data(), polled.size(), -1) < 0 && errno != EINTR) throw_errno("wait");
    signalfd_siginfo ignored{};
    while (::read(children.get(), &ignored, sizeof ignored) > 0) {
    }
    if (const std::optional<int> status = reap(command)) return report_exit(init, *status);
    if (!obey(init)) return;
  }
}

void start_and_attend(const ClientInit& init) {
  prepare(init);
  const Untraceable untraceable;  // the client may be the same user
  const Descriptor children = watch_children();
  send(init.control, {{{"starting", true}}, {}}, Wait::yes);
  const pid_t command = start_command(init.request, init.standard, init.file_limit);
  // The pipes must end when the command and its children close them, not when this process does.
  for (const int number : init.standard) ::close(number);
  send(init.control, {{{"started", true}}, {}}, Wait::yes);
  attend(init, command, children);
}

}  // namespace

void run_client(const ClientInit& init) {
  try {
    start_and_attend(init);
  } catch (const std::exception& failure) {
    send(init.control, problem_message(failure.what()), Wait::no);
  }
  if (!in_world(init)) kill_own_descendants();
}

}  // namespace halfopen::io
