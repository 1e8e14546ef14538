// Collects the mistakes of one file, or of a scenario and what it includes.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "scenario/sources.h"

namespace halfopen::scenario {

class Problems {
 public:
  explicit Problems(std::string file) : file_(std::move(file)) {}
  /// Places are counted through those files, which must outlive this.
  explicit Problems(const Sources& sources)
      : file_(sources.all().front().file), sources_(&sources) {}

  void add(Place place, std::string message) {
    ++count_;
    if (diagnostics_.size() < most_kept) diagnostics_.push_back({file_, place, std::move(message)});
  }
  [[nodiscard]] bool none() const { return diagnostics_.empty(); }
  [[nodiscard]] std::size_t count() const { return count_; }

  /// "line 3", "line 3 of parts/login.toml"
  [[nodiscard]] std::string line_of(Place place) const {
    return sources_ == nullptr ? "line " + std::to_string(place.line)
                               : sources_->in_words(place.line);
  }

  /// In the order of their places; of very many the first ones, and a last one that says how many
  /// more there are.
  [[nodiscard]] std::vector<Diagnostic> take() {
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                     [](const Diagnostic& a, const Diagnostic& b) { return a.place < b.place; });
    if (count_ > most_shown) diagnostics_.resize(most_shown);
    if (sources_ != nullptr)
      for (Diagnostic& each : diagnostics_) {
        Origin origin = sources_->origin(each.place.line);
        each.place.line = origin.line;
        if (!origin.file.empty()) each.file = std::move(origin.file);
      }
    if (count_ > most_shown) {
      diagnostics_.push_back(
          {file_, {}, std::to_string(count_ - most_shown) + " more mistakes are not shown"});
    }
    return std::move(diagnostics_);
  }

  /// Nobody reads more of them at once.
  static constexpr std::size_t most_shown = 100;

 private:
  static constexpr std::size_t most_kept = 10'000;

  std::string file_;
  const Sources* sources_ = nullptr;
  std::size_t count_ = 0;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace halfopen::scenario
