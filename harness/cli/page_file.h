// --html: the report that people look at.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/output_file.h"
#include "cli/command_line.h"
#include "page/page.h"
#include "scenario/client.h"

namespace halfopen::cli {

/// --html and --baseline.
void add_page_options(Command& command, std::string& html, std::string& baseline);

class PageFile {
 public:
  PageFile(const PageFile&) = delete;
  PageFile& operator=(const PageFile&) = delete;
  ~PageFile() = default;

  /// Nothing is drawn or written where `file` is "". Reads the baseline, if there is one. Throws
  /// Misuse where there is a baseline and no file, Error where it cannot be read.
  PageFile(std::string file, const std::string& baseline, std::size_t runs);

  /// What BatchOptions::on_result is to be; this must outlive it.
  [[nodiscard]] std::function<void(std::size_t, const report::Result&)> on_result();
  /// To be called once. Throws Error.
  void write(const std::vector<report::Result>& results,
             const std::vector<scenario::Client>& clients,
             const std::optional<report::KnownByClient>& known);

 private:
  std::string file_;
  std::string baseline_;              ///< Its text.
  std::optional<OutputSpool> spool_;  ///< What there is of it.
  std::optional<page::Page> page_;
};

}  // namespace halfopen::cli
