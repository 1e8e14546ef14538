#include "io/temporary_folder.h"

#include <cstdlib>
#include <filesystem>

#include "base/error.h"

namespace halfopen::io {

TemporaryFolder::TemporaryFolder()
    : path_((std::filesystem::temp_directory_path() / "halfopen-XXXXXX").string()) {
  if (mkdtemp(path_.data()) == nullptr) throw_errno("make a temporary folder");
  // Clients may run as another user than the one who made it.
  std::filesystem::permissions(path_, std::filesystem::perms(0755));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace halfopen::io
