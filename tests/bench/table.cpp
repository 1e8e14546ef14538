#include "bench/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace halfopen::bench {
namespace {

void print(const std::string& what, const std::string& value, const std::string& bar,
           const char* verdict) {
  fmt::print("  {:<58} {:>20}  {:<22} {}\n", what, value, bar, verdict);
  std::fflush(stdout);
}

}  // namespace

void heading(const std::string& text) {
  fmt::print("\n{}\n", text);
  std::fflush(stdout);
}

void row(const std::string& what, const std::string& value, const std::string& bar, bool ok) {
  print(what, value, bar, ok ? "ok" : "below");
}

void row(const std::string& what, const std::string& value) { print(what, value, "", ""); }

void remark(const std::string& text) {
  fmt::print("  ({})\n", text);
  std::fflush(stdout);
}

double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values.at(static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
}

}  // namespace halfopen::bench
