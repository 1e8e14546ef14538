// Short text files, mostly of /proc and /etc.
#pragma once

#include <optional>
#include <string>

namespace halfopen::io {

/// Writes the text in one write, as files below /proc ask for. The file must exist unless `create`.
void write_file(const std::string& path, const std::string& text, bool create = false);

/// The file's content, or none if it cannot be read.
[[nodiscard]] std::optional<std::string> read_file(const std::string& path);

}  // namespace halfopen::io
