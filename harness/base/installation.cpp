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

std::string installed(const std::string& path) {
  std::error_code failed;
  const fs::path share = fs::path(program_folder()).parent_path() / "share" / "halfopen";
  if (path.empty() || path.starts_with('/') || !fs::exists(share / path, failed)) return "";
  return (share / path).string();
}

}  // namespace halfopen
