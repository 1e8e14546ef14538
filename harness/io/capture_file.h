// The capture of one run on the packet link, on its way into a file: what its packets are, and what
// events are said beside them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "capture/capture.h"
#include "io/capture_writer.h"
#include "link/settings.h"

namespace halfopen::io {

class CaptureFile {
 public:
  struct Setup {
    std::string file;
    std::string comment;               ///< What the whole of it is.
    std::vector<capture::Name> names;  ///< What addresses are called.
    Time start{};                      ///< Of the run …
    Duration wall_clock{};             ///< … by the wall clock, since 1970.
  };

  /// The writer must outlive it.
  CaptureFile(CaptureWriter& writer, Setup setup);
  CaptureFile(CaptureFile&&) = delete;
  /// The file is written then; what goes wrong, the writer knows.
  ~CaptureFile();

  /// A packet that goes in that direction was read from its sender's device …
  void enters(Time now, link::Direction direction, ByteView packet);
  /// … or written to its receiver's.
  void leaves(Time now, link::Direction direction, ByteView packet);
  /// Something happened, so long after the start of the run; "" says nothing.
  void says(Duration at, std::string text);
  /// A line of NSS's key log.
  void secret(std::string_view line) { capture_.secret(line); }

  /// As long as one lives, the link handles a packet: what is said then is about the latest one.
  class Handling {
   public:
    /// Null: there is no capture.
    explicit Handling(CaptureFile* file) : file_(file) {
      if (file_ != nullptr) ++file_->handling_;
    }
    Handling(const Handling&) = delete;
    Handling& operator=(const Handling&) = delete;
    ~Handling() {
      if (file_ != nullptr) --file_->handling_;
    }

   private:
    CaptureFile* file_;
  };

 private:
  void packet(Time now, capture::Side side, capture::Way way, ByteView bytes);
  void hand_over();

  CaptureWriter& writer_;
  Setup setup_;
  capture::Capture capture_;
  std::shared_ptr<CaptureWriter::File> file_;
  int handling_ = 0;
};

}  // namespace halfopen::io
