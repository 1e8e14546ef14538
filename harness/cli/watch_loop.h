// `run --watch` but for the world around it: run, wait for a change, run again.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "cli/watched_files.h"

namespace halfopen::cli {

/// What came while it waited.
enum class Heard {
  change,   ///< Something happened where a watched file lies.
  again,    ///< Somebody wants another run, changed or not.
  end,      ///< Somebody wants it to end.
  silence,  ///< Nothing, for as long as was asked.
};

/// The world around it; tests have one of their own.
class WatchWorld {
 public:
  WatchWorld() = default;
  WatchWorld(const WatchWorld&) = delete;
  WatchWorld& operator=(const WatchWorld&) = delete;
  virtual ~WatchWorld() = default;

  /// Carries all runs out; returns their exit code.
  virtual int run() = 0;
  /// Whether somebody wanted it to end during the last run.
  [[nodiscard]] virtual bool told_to_end() const = 0;
  /// The watched files as they are. What happens to them from now on is heard.
  virtual Snapshot look() = 0;
  /// Waits for so long at most; without a length for as long as it takes.
  virtual Heard listen(std::optional<Duration> at_most) = 0;
  [[nodiscard]] virtual Time now() const = 0;
  /// Says that it waits now, and how the last run ended.
  virtual void waits(int code) = 0;
  /// Says why it goes on, "changed: a.toml", or that it does ("").
  virtual void runs_again(const std::string& why) = 0;
};

/// Editors write a file in several steps: a change is looked at when nothing more has happened for
/// so long …
inline constexpr Duration watch_quiet = std::chrono::milliseconds(100);
/// … or when it has gone on for so long.
inline constexpr Duration watch_patience = std::chrono::seconds(1);

/// Returns the exit code of the last run, when somebody wants it to end.
[[nodiscard]] int watch(WatchWorld& world);

}  // namespace halfopen::cli
