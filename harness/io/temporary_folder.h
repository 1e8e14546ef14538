// A folder of its own below the temporary directory; removed with all that is in it.
#pragma once

#include <string>

#include "io/folder_removal.h"

namespace halfopen::io {

class TemporaryFolder {
 public:
  TemporaryFolder() : TemporaryFolder(nullptr) {}
  /// One that others may fill. The removal must outlive it.
  explicit TemporaryFolder(FolderRemoval& removal) : TemporaryFolder(&removal) {}
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder&&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(FolderRemoval* removal);

  FolderRemoval* removal_;
  std::string path_;
};

}  // namespace halfopen::io
