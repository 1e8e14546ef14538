// Lines from a descriptor, without ever holding more than one bounded line.
#pragma once

#include <functional>
#include <string>

namespace reference {

class Lines {
 public:
  explicit Lines(int descriptor) : descriptor_(descriptor) {}

  /// Once readable: reads once and hands on every line that is whole. Lines over 1 MiB are dropped.
  void read(const std::function<void(const std::string&)>& take);
  /// -1 after its end: poll() skips that.
  [[nodiscard]] int number() const { return descriptor_; }

 private:
  int descriptor_;
  std::string line_;
  bool too_long_ = false;
};

}  // namespace reference
