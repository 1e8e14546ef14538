#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "base/units.h"
#include "cli/output.h"

namespace halfopen::cli {
namespace {

constexpr Duration interval = std::chrono::milliseconds(500);

}  // namespace

Progress::Progress(io::Host& host, const io::Schedule& schedule, std::size_t total, bool lines)
    : schedule_(schedule),
      total_(total),
      lines_(lines),
      terminal_(isatty(STDERR_FILENO) != 0),
      timer_(host.loop()) {
  if (terminal_) refresh();
}

Progress::~Progress() { clear(); }

void Progress::line(const std::string& text) {
  if (!lines_) return;
  clear();
  to_stderr(text + "\n");
}

void Progress::clear() {
  if (shown_) to_stderr("\r\x1b[K");
  shown_ = false;
}

void Progress::refresh() {
  const auto running = schedule_.running();
  Time last = io::now();
  for (const auto& run : running) last = std::max(last, run.latest_end.value_or(last));
  const auto left = std::chrono::ceil<std::chrono::seconds>(last - io::now());
  clear();
  to_stderr(fmt::format("{} of {} runs done, {} under way, at most {} left for them",
                        schedule_.finished(), total_, running.size(), format(Duration(left))));
  shown_ = true;
  timer_.set(io::now() + interval, [this] { refresh(); });
}

}  // namespace halfopen::cli
