// The table that is printed: one figure a line, beside its bar.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace halfopen::bench {

void heading(const std::string& text);
/// A figure with a bar that it meets or not.
void row(const std::string& what, const std::string& value, const std::string& bar, bool ok);
/// A figure without a bar: a peer, or something good to know.
void row(const std::string& what, const std::string& value);
/// A remark under the figures.
void remark(const std::string& text);

/// The middle value; `values` must not be empty.
[[nodiscard]] double median(std::vector<double> values);
/// The value below which that share of them lies, 0 to 1; `values` must not be empty.
[[nodiscard]] double quantile(std::vector<double> values, double share);

}  // namespace halfopen::bench
