// A folder of its own below the temporary directory; removed with all that is in it.
#pragma once

#include <string>

namespace halfopen::io {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder&&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace halfopen::io
