#include "io/live_subject.h"

#include <fmt/format.h>

#include <csignal>
#include <utility>

#include "run/client_report.h"

namespace halfopen::io {
namespace {

/// From SIGTERM to SIGKILL.
constexpr Duration term_grace = std::chrono::seconds(2);
/// From SIGKILL to the end of waiting.
constexpr Duration kill_grace = std::chrono::seconds(5);
/// A client that has not tried to connect by then counts as started all the same.
constexpr Duration start_grace = std::chrono::seconds(3);

}  // namespace

LiveSubject::LiveSubject(Host& host, const scenario::Client& client, int number,
                         trace::Recorder& recorder, run::Inside& inside, Run& run)
    : host_(host),
      client_(client),
      number_(number),
      recorder_(recorder),
      inside_(inside),
      run_(run),
      timer_(host.loop()) {}

void LiveSubject::prepare(Whereabouts& where) {
  where.ca = host_.ca_file();
  where.temporary = folder_.emplace(host_.removal()).path();
  launch_ = launch(client_, where);
}

void LiveSubject::place(int world,
                        std::vector<std::pair<std::string, std::vector<std::string>>> hosts) {
  launch_.world = world;
  launch_.hosts = std::move(hosts);
}

void LiveSubject::start() {
  host_.broker().spawn(launch_, [this, alive = std::weak_ptr(alive_)](Reply<Child> reply) {
    if (alive.expired()) return;
    if (!reply.value) return run_.not_started(reply.problem);
    started(std::move(*reply.value));
  });
}

void LiveSubject::started(Child child) {
  record(now(), trace::ClientStarted{launch_.command});
  process_ =
      std::make_unique<ClientProcess>(host_, std::move(child), inside_, [this](const Exit& exit) {
        ended_ = true;
        run_.client_ended(exit);
      });
  timer_.set(now() + start_grace, [this] { run_.began(); });
  for (const auto& act : std::exchange(for_process_, {})) act();
  run_.client_started();
}

void LiveSubject::record(Time now, trace::Body body) {
  recorder_.add(now, std::move(body), 0, 0, number_);
}

/// Now, or once it is known to have started: its first packets may come before that.
void LiveSubject::with_process(std::function<void()> act) {
  if (process_) return act();
  for_process_.push_back(std::move(act));
}

void LiveSubject::tell(const scenario::Tell& tell) {
  with_process([this, tell] {
    const auto line = [tell](int nth) { return run::to_line(tell, nth); };
    const Time before = now();  // what it causes comes later
    const bool told = process_->tell(line, tell.times);
    const std::string what = run::in_short(tell);
    if (told)
      record(before, trace::Told{what, tell.action});
    else
      record(before, trace::Told{"the client does not read its input: " + what});
  });
}

void LiveSubject::freeze(bool frozen) {
  with_process([this, frozen] {
    record(now(), frozen ? trace::Told{"freeze (SIGSTOP)", "freeze"}
                         : trace::Told{"go on (SIGCONT)", "thaw"});
    process_->signal(frozen ? SIGSTOP : SIGCONT);
  });
}

void LiveSubject::note_memory() {
  with_process([this] { note_memory([] {}); });
}

void LiveSubject::note_memory(std::function<void()> noted) {
  if (!runs()) return noted();
  process_->ask_memory([this, noted = std::move(noted)](std::uint64_t bytes) {
    if (bytes > 0) record(now(), trace::ClientMemory{bytes});
    noted();
  });
}

void LiveSubject::note_untold(Time now) {
  if (!process_ || process_->untold() == 0) return;
  record(now,
         trace::Told{fmt::format("the client does not read its input: {} left of what it was told",
                                 process_->untold())});
}

void LiveSubject::end() {
  process_->signal(SIGCONT);
  process_->signal(SIGTERM);
  timer_.set(now() + term_grace, [this] {
    process_->signal(SIGKILL);
    // A process that the kernel cannot end keeps nobody waiting.
    timer_.set(now() + kill_grace, [this] { run_.client_left_behind(); });
  });
}

}  // namespace halfopen::io
