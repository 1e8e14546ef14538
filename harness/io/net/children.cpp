#include "io/net/children.h"

#include <signal.h>

#include <vector>

#include "base/error.h"
#include "io/net/descendants.h"
#include "io/net/peak_memory.h"
#include "io/net/protocol.h"

namespace halfopen::io {

void Children::spawn(std::uint64_t request, const SpawnRequest& asked, const Room& room) {
  Entry entry;
  entry.client = start_client(asked, room, file_limit_);
  entry.request = request;
  entry.world = asked.world;
  entry.name = asked.command.front();
  const int child = ++last_;
  loop_.watch(entry.client.control.get(), [this, child] { read_reports_of(child); });
  children_.emplace(child, std::move(entry));
}

void Children::signal(int child, int number) {
  const auto found = children_.find(child);
  if (found == children_.end() || !found->second.client.control) return;  // it has ended
  if (number == SIGKILL) return kill(found->second);
  try {
    send(found->second.client.control.get(), {{{"signal", number}}, {}}, Wait::no);
  } catch (const Error&) {
    // Its init is about to be reaped.
  }
}

/// Without the help of the init, which the client may have stopped.
void Children::kill(Entry& entry) {
  entry.killed = true;
  const pid_t init = entry.client.process;
  if (entry.world != 0) {
    ::kill(init, SIGKILL);  // and the kernel ends all of its PID namespace
    return;
  }
  signal_descendants(init, SIGKILL);
  ::kill(init, SIGCONT);
}

std::uint64_t Children::memory(int child) const {
  const auto found = children_.find(child);
  if (found == children_.end()) throw Error("look up a client's memory", "it has ended");
  // The init is halfopen's own.
  std::uint64_t total = 0;
  for (const pid_t process : descendants_of(found->second.client.process))
    if (process != found->second.client.process) total += peak_memory_of(process);
  return total;
}

void Children::end_world(int world) {
  for (auto& [child, entry] : children_) {
    if (entry.world == world) kill(entry);
  }
}

void Children::end_all() {
  for (auto& [child, entry] : children_) {
    if (entry.world != 0) ::kill(entry.client.process, SIGKILL);
    // Outside worlds, the init now kills its descendants.
    if (entry.client.control) stop_listening(entry);
  }
}

void Children::read_reports_of(int child) {
  Entry& entry = children_.at(child);
  try {
    while (read_report_of(child, entry)) {
    }
  } catch (const std::exception&) {
    // That was not the init, which makes no mistakes: somebody has got hold of its channel.
    kill(entry);
    stop_listening(entry);
  }
}

/// False where there is none (yet).
bool Children::read_report_of(int child, Entry& entry) {
  if (!entry.client.control) return false;
  const pid_t init = entry.world == 0 || entry.has_init ? entry.client.process : 0;
  const Received received = receive(entry.client.control.get(), Wait::no, init);
  if (received.arrival == Arrival::nothing) return false;
  if (received.arrival == Arrival::message) {
    take_report(child, entry, received);
    return true;
  }
  stop_listening(entry);
  return false;
}

void Children::stop_listening(Entry& entry) {
  loop_.forget(entry.client.control.get());
  entry.client.control.reset();
}

void Children::take_report(int child, Entry& entry, const Received& report) {
  const nlohmann::json& body = report.message.body;
  if (body.contains("init") && entry.world != 0 && !entry.has_init) {
    entry.client.process = report.sender;
    entry.has_init = true;
  } else if (body.contains("starting")) {
    entry.starting = true;
  } else if (body.contains("started")) {
    answer_started(child, entry);
  } else if (body.contains("exited")) {
    const nlohmann::json& exited = body.at("exited");
    entry.exit = Exit{child, exited.at("code").get<int>(), exited.at("signal").get<int>()};
  } else if (!entry.answered) {
    outbox_.answer(entry.request, problem_message(problem_of(report.message)));
    entry.answered = true;
  }
}

void Children::answer_started(int child, Entry& entry) {
  Message answer{{{"child", child}}, {}};
  answer.descriptors.push_back(std::move(entry.client.input));
  answer.descriptors.push_back(std::move(entry.client.output));
  answer.descriptors.push_back(std::move(entry.client.errors));
  outbox_.answer(entry.request, std::move(answer));
  entry.answered = true;
  entry.started = true;
}

void Children::reaped(pid_t process) {
  for (auto entry = children_.begin(); entry != children_.end(); ++entry) {
    if (entry->second.client.process != process) continue;
    // Its last words may have come since; those of a go-between name the init in its place.
    read_reports_of(entry->first);
    if (entry->second.client.process != process) return;
    finish(entry->first, entry->second);
    children_.erase(entry);
    return;
  }
}

void Children::finish(int child, Entry& entry) {
  // A command that ends its init at once, before that could say that it runs, did run.
  if (!entry.answered && entry.starting && !entry.killed) answer_started(child, entry);
  if (!entry.answered) {
    outbox_.answer(entry.request,
                   problem_message("start `" + entry.name + "`: it was ended before it ran"));
  }
  // Its last words were not heard: what it should have ended lives on.
  if (entry.world == 0 && entry.started && !entry.exit) kill_orphans();
  if (entry.started) {
    // Where even the init is gone, no status of the command is known.
    const Exit gone{child, -1, SIGKILL, !entry.killed};
    outbox_.post({{{"exit", describe(entry.exit.value_or(gone))}}, {}});
  }
  if (entry.client.control) loop_.forget(entry.client.control.get());
}

}  // namespace halfopen::io
