#include "base/installation.h"

#include <filesystem>

#include "base/error.h"

namespace halfopen {

namespace fs = std::filesystem;

std::string program_folder() {
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  if (failed) throw Error("find the program halfopen itself", failed.message());
  return program.parent_path().string();
}

namespace {

/// The folder of the sources, where the program lies in a build folder below it; "" if it does not.
fs::path source_folder(fs::path folder) {
  constexpr int most_levels = 4;
  std::error_code failed;
  for (int level = 0; level < most_levels && folder.has_relative_path(); ++level) {
    folder = folder.parent_path();
    if (fs::exists(folder / "scenarios" / "README.md", failed) &&
        fs::exists(folder / "clients" / "README.md", failed))
      return folder;
  }
  return {};
}

}  // namespace

std::string installed(const std::string& path) {
  if (path.empty() || path.starts_with('/')) return "";
  std::error_code failed;
  const fs::path program = program_folder();
  const fs::path share = program.parent_path() / "share" / "halfopen";
  if (fs::exists(share / path, failed)) return (share / path).string();
  const fs::path sources = source_folder(program);
  return sources.empty() || !fs::exists(sources / path, failed) ? "" : (sources / path).string();
}

}  // namespace halfopen
