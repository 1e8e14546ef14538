#include "io/net/client_start.h"

#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <exception>

#include "base/error.h"
#include "io/net/client_files.h"
#include "io/net/client_init.h"
#include "io/net/errand.h"
#include "io/net/namespaces.h"
#include "io/net/process.h"

namespace halfopen::io {
namespace {

/// The command's ends and halfopen's ends of the three pipes.
struct Pipes {
  std::array<Descriptor, 3> theirs;
  std::array<Descriptor, 3> ours;
};

Pipes make_pipes() {
  Pipes pipes;
  for (std::size_t place = 0; place < 3; ++place) {
    Pipe pipe = make_pipe();
    const bool is_input = place == 0;
    pipes.theirs[place] = std::move(is_input ? pipe.reading : pipe.writing);
    pipes.ours[place] = std::move(is_input ? pipe.writing : pipe.reading);
    set_nonblocking(pipes.ours[place]);
  }
  return pipes;
}

void enter_room(const Room& room) {
  if (room.user_namespace >= 0) enter_user_namespace(room.user_namespace);
  if (room.network_namespace >= 0) enter_network_namespace(room.network_namespace);
  check_system("make PID and mount namespaces", ::unshare(CLONE_NEWPID | CLONE_NEWNS));
}

/// Goes on as the first process of the new PID namespace, a child of the broker, which learns its
/// process id from the kernel with its first message. The process that called this is gone then.
void become_init(int control) {
  Pipe known = make_pipe();
  const long init = check_system("start an init", ::syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0));
  if (init > 0) {
    known.writing.reset();
    char nothing = 0;
    // The broker must know the new one before this one ends: a child without any process is over.
    if (::read(known.reading.get(), &nothing, 1) < 0) ::_exit(1);
    ::_exit(0);
  }
  send(control, {{{"init", true}}, {}}, Wait::yes);
}

/// All of the forked process's life.
void live(const ClientInit& init, const Room& room) {
  try {
    if (init.request.world != 0) {
      enter_room(room);
      become_init(init.control);
    }
  } catch (const std::exception& failure) {
    send(init.control, problem_message(failure.what()), Wait::no);
    return;
  }
  run_client(init);
}

}  // namespace

StartedClient start_client(const SpawnRequest& request, const Room& room,
                           const rlimit& file_limit) {
  if (request.command.empty()) throw Error("start a client", "its command is empty");
  Pipes pipes = make_pipes();
  Channel control = make_channel();
  name_senders(control.ours);
  const pid_t process = check_system("start a process", ::fork());
  if (process == 0) {
    try {
      const ClientInit init{request,
                            control.theirs.get(),
                            {pipes.theirs[0].get(), pipes.theirs[1].get(), pipes.theirs[2].get()},
                            file_limit};
      close_all_but({init.control, init.standard[0], init.standard[1], init.standard[2],
                     room.user_namespace, room.network_namespace});
      live(init, room);
    } catch (...) {
      ::_exit(1);  // the broker sees that the process ended without a report
    }
    ::_exit(0);
  }
  return {process, std::move(control.ours), std::move(pipes.ours[0]), std::move(pipes.ours[1]),
          std::move(pipes.ours[2])};
}

void try_client_room(const Room& room) {
  enter_room(room);
  const Errand trial = start_errand(
      [] {
        mount_client_files({});
        return Message{};
      },
      {});
  const std::string problem = problem_of(answer_of(trial));
  ::waitpid(trial.process, nullptr, 0);
  if (!problem.empty()) throw Error(problem);
}

}  // namespace halfopen::io
