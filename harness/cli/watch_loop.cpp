#include "cli/watch_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace halfopen::cli {
namespace {

/// Why it runs again, "" where somebody wants that; none: it is to end.
using Again = std::optional<std::string>;

std::string named(const std::vector<std::string>& files) {
  std::string text = "changed: " + files.front();
  if (files.size() > 1) text += fmt::format(" and {} more", files.size() - 1);
  return text;
}

/// Until an editor has done with it; false where somebody wants it to end meanwhile.
bool let_settle(WatchWorld& world) {
  const Time patient_until = world.now() + watch_patience;
  while (world.now() < patient_until) {
    const Heard heard = world.listen(std::min(watch_quiet, patient_until - world.now()));
    if (heard == Heard::end) return false;
    if (heard == Heard::silence) return true;
  }
  return true;
}

/// `before`: how the files were when the last run began.
Again wait_for_change(WatchWorld& world, const Snapshot& before) {
  const Snapshot after_run = world.look();
  // A client may write files beside itself: that must not make it run without end.
  if (const auto files = changed(only_written_by_people(before), only_written_by_people(after_run));
      !files.empty())
    return named(files);
  while (true) {
    const Heard heard = world.listen(std::nullopt);
    if (heard == Heard::end) return std::nullopt;
    if (heard == Heard::again) return "";
    if (heard == Heard::silence) continue;
    if (!let_settle(world)) return std::nullopt;
    if (const auto files = changed(after_run, world.look()); !files.empty()) return named(files);
  }
}

}  // namespace

int watch(WatchWorld& world) {
  while (true) {
    const Snapshot before = world.look();
    const int code = world.run();
    if (world.told_to_end()) return code;
    world.waits(code);
    const Again again = wait_for_change(world, before);
    if (!again) return code;
    world.runs_again(*again);
  }
}

}  // namespace halfopen::cli
