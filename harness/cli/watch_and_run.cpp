#include "cli/watch_and_run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/signals.h"
#include "cli/command_line.h"
#include "cli/output.h"
#include "cli/own_command.h"
#include "cli/watch_loop.h"
#include "io/loop/loop.h"

namespace halfopen::cli {
namespace {

/// A signal that the caller ignores (nohup) stays ignored, as in io/loop/interruption.h.
bool is_ignored(int number) {
  struct sigaction action {};
  ::sigaction(number, nullptr, &action);
  return action.sa_handler == SIG_IGN && number != SIGINT && number != SIGTERM;
}

/// The signals that end us, and the end of a child, become readable instead.
class Signals {
 public:
  Signals() {
    std::signal(SIGCHLD, SIG_DFL);
    // The runs are in a group of their own, and may write to the terminal all the same.
    std::signal(SIGTTOU, SIG_IGN);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    for (const auto& numbers : {orders_to_end(), strays()})
      for (const int number : numbers)
        if (!is_ignored(number)) sigaddset(&set, number);
    check_system("block signals", ::sigprocmask(SIG_BLOCK, &set, &before_));
    told_ = Descriptor(
        check_system("make a signalfd", ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)));
  }
  [[nodiscard]] int descriptor() const { return told_.get(); }
  [[nodiscard]] const sigset_t& before() const { return before_; }
  /// The next one; 0 if there is none.
  [[nodiscard]] int take() const {
    signalfd_siginfo signal{};
    const ssize_t size = ::read(told_.get(), &signal, sizeof signal);
    return size == sizeof signal ? static_cast<int>(signal.ssi_signo) : 0;
  }

 private:
  sigset_t before_{};
  Descriptor told_;
};

/// This command line without --watch.
std::vector<std::string> without_watch() {
  std::vector<std::string> words = own_command();
  std::erase_if(words, [](const std::string& word) {
    return word == "--watch" || word.starts_with("--watch=");
  });
  return words;
}

class Live : public WatchWorld {
 public:
  Live(const std::vector<std::string>& scenarios, const std::vector<std::string>& clients)
      : files_(scenarios, clients),
        happened_(check_system("watch files", ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK))),
        asked_(::tcgetpgrp(STDIN_FILENO) == ::getpgrp()) {}

  int run() override {
    const pid_t child = start();
    while (true) {
      wait_for({{signals_.descriptor(), POLLIN, 0}}, std::nullopt);
      while (const int signal = signals_.take()) {
        if (signal == SIGCHLD) continue;
        told_to_end_ = true;
        ::kill(child, signal);
      }
      int status = 0;
      if (check_system("wait for the runs", ::waitpid(child, &status, WNOHANG)) == 0) continue;
      return WIFEXITED(status) ? WEXITSTATUS(status) : static_cast<int>(internal);
    }
  }

  [[nodiscard]] bool told_to_end() const override { return told_to_end_; }

  Snapshot look() override {
    constexpr std::uint32_t events = IN_CLOSE_WRITE | IN_ATTRIB | IN_CREATE | IN_DELETE |
                                     IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF;
    for (const std::string& folder : files_.folders()) {
      if (::inotify_add_watch(happened_.get(), folder.c_str(), events | IN_ONLYDIR) >= 0) continue;
      if (errno == ENOSPC)
        throw Error("watch " + folder,
                    "too many folders are watched; sudo sysctl fs.inotify.max_user_watches=100000");
      // Gone meanwhile, or not ours to read: then nothing of it is looked at, either.
    }
    return files_.look();
  }

  Heard listen(std::optional<Duration> at_most) override {
    std::vector<pollfd> wanted{{signals_.descriptor(), POLLIN, 0}, {happened_.get(), POLLIN, 0}};
    if (asked_) wanted.push_back({STDIN_FILENO, POLLIN, 0});
    wait_for(wanted, at_most);
    if (wanted[0].revents != 0) {
      const int signal = signals_.take();
      return signal == 0 || signal == SIGCHLD ? Heard::silence : Heard::end;
    }
    if (wanted[1].revents != 0) {
      read_events();
      return Heard::change;
    }
    return asked_ && wanted[2].revents != 0 ? answer() : Heard::silence;
  }

  [[nodiscard]] Time now() const override { return io::now(); }

  void waits(int code) override {
    complain(fmt::format("halfopen: exit code {}; waits for a change ({})", code,
                         asked_ ? "Enter runs again, q ends" : "Ctrl-C ends"));
  }

  void runs_again(const std::string& why) override {
    complain(fmt::format("halfopen: {}{}runs again", why, why.empty() ? "" : "; "));
  }

 private:
  /// In a process group of its own: a Ctrl-C comes to us, and is passed on once. Its standard input
  /// is not the terminal, which is ours.
  [[nodiscard]] pid_t start() const {
    std::fflush(stdout);
    std::vector<std::string> words = without_watch();
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawnattr_t attributes{};
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setsigmask(&attributes, &signals_.before());
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    pid_t child = 0;
    const int error =
        ::posix_spawn(&child, "/proc/self/exe", &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) throw Error("start the runs", reason_of(error));
    return child;
  }

  static void wait_for(std::vector<pollfd>& wanted, std::optional<Duration> at_most) {
    const int milliseconds =
        at_most ? static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(*at_most).count())
                : -1;
    if (::poll(wanted.data(), wanted.size(), milliseconds) < 0 && errno != EINTR)
      throw_errno("wait for a change");
  }
  static void wait_for(std::vector<pollfd>&& wanted, std::optional<Duration> at_most) {
    wait_for(wanted, at_most);
  }

  /// What they say does not matter: the files are looked at.
  void read_events() const {
    std::array<char, 16'384> buffer{};
    while (::read(happened_.get(), buffer.data(), buffer.size()) > 0) continue;
  }

  /// A line from the terminal; after its end nobody asks any more.
  Heard answer() {
    std::array<char, 256> buffer{};
    const ssize_t size = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (size <= 0) {
      asked_ = false;
      return Heard::silence;
    }
    return buffer[0] == 'q' ? Heard::end : Heard::again;
  }

  WatchedFiles files_;
  Descriptor happened_;
  Signals signals_;
  bool asked_;  ///< Somebody may ask at the terminal that we are in the foreground of.
  bool told_to_end_ = false;
};

}  // namespace

int watch_and_run(const std::vector<std::string>& scenarios,
                  const std::vector<std::string>& clients) {
  Live world(scenarios, clients);
  return watch(world);
}

}  // namespace halfopen::cli
