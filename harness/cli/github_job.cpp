#include "cli/github_job.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "cli/output.h"
#include "report/github.h"

namespace halfopen::cli {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// Annotations name files from the root of the repository, wherever the command was given.
std::string in_repository(const std::string& file) {
  namespace fs = std::filesystem;
  const std::string root = variable("GITHUB_WORKSPACE");
  if (root.empty() || file.empty()) return file;
  std::error_code failed;
  const fs::path absolute = fs::weakly_canonical(file, failed);
  if (failed) return file;
  const fs::path relative = absolute.lexically_relative(fs::weakly_canonical(root, failed));
  return relative.empty() || relative.string().starts_with("..") ? file : relative.string();
}

void append(const std::string& file, const std::string& text) {
  std::ofstream out(file, std::ios::app | std::ios::binary);
  out << text << std::flush;
  if (!out)
    complain(fmt::format("halfopen: add the summary to GITHUB_STEP_SUMMARY (`{}`): {}", file,
                         reason_of(errno)));
}

}  // namespace

void GithubJob::add_option(Command& command) {
  command
      .add_option("--github", when_,
                  "Annotates the scenarios' files and fills the job's summary, as GitHub Actions "
                  "shows them: on, off, or auto, which is where GITHUB_ACTIONS is true")
      .one_of({"auto", "on", "off"})
      .shows_default();
}

void GithubJob::tell(const std::vector<report::Result>& results,
                     const report::KnownByClient& known) const {
  if (when_ == "off" || (when_ == "auto" && variable("GITHUB_ACTIONS") != "true")) return;
  fmt::print("{}", report::github_annotations(results, in_repository, known));
  const std::string summary = variable("GITHUB_STEP_SUMMARY");
  if (!summary.empty()) append(summary, report::markdown_summary(results, known));
}

}  // namespace halfopen::cli
