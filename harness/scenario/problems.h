// Collects the mistakes of one file.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"

namespace halfopen::scenario {

class Problems {
 public:
  explicit Problems(std::string file) : file_(std::move(file)) {}

  void add(Place place, std::string message) {
    diagnostics_.push_back({file_, place, std::move(message)});
  }
  [[nodiscard]] bool none() const { return diagnostics_.empty(); }
  [[nodiscard]] std::size_t count() const { return diagnostics_.size(); }

  /// All of them in the order of their places.
  [[nodiscard]] std::vector<Diagnostic> take() {
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                     [](const Diagnostic& a, const Diagnostic& b) { return a.place < b.place; });
    return std::move(diagnostics_);
  }

 private:
  std::string file_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace halfopen::scenario
