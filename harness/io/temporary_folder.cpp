#include "io/temporary_folder.h"

#include <cstdlib>
#include <filesystem>

#include "base/error.h"

namespace halfopen::io {

TemporaryFolder::TemporaryFolder(FolderRemoval* removal)
    : removal_(removal),
      path_((std::filesystem::temp_directory_path() / "halfopen-XXXXXX").string()) {
  if (mkdtemp(path_.data()) == nullptr) throw_errno("make a temporary folder");
  // Clients may run as another user than the one who made it.
  std::filesystem::permissions(path_, std::filesystem::perms(0755));
}

TemporaryFolder::~TemporaryFolder() {
  if (removal_ != nullptr) {
    removal_->remove(path_);
  } else {
    const std::atomic<bool> never{false};
    remove_folder(path_, never);
  }
}

}  // namespace halfopen::io
