// A folder for the files of one test, gone with it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "trace/event.h"

namespace halfopen::e2e {

class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string path(const std::string& name) const { return path_ + "/" + name; }
  /// Returns the file's whole path.
  std::string write(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& name) const;
  [[nodiscard]] nlohmann::json json(const std::string& name) const;
  [[nodiscard]] trace::Trace trace(const std::string& name) const;

 private:
  std::string path_;
};

}  // namespace halfopen::e2e
