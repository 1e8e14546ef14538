// Files that halfopen leaves behind: reports, traces, certificates.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/descriptor.h"

namespace halfopen {

/// Writes the file whole or not at all: to a temporary file in the same folder, which then takes
/// its name, so that whoever reads it never sees half of it, and an old one stays until there is a
/// new one. Folders that are missing are made; permissions of an old file are kept; a symbolic link
/// is followed. What is no regular file (/dev/full, a pipe) is written to as it is. Throws
/// Error("write `FILE`: why").
void write_output(const std::string& file, std::string_view text);

/// Takes a text, piece by piece.
using TextSink = std::function<void(std::string_view)>;
/// The same with what `make` hands to its argument: for texts that would take much memory.
void write_output(const std::string& file, const std::function<void(const TextSink&)>& make);

/// Whether write_output could do that, as far as can be known before: makes the folders, and leaves
/// the file as it is. Throws Error("write `FILE`: why").
void check_output(const std::string& file);

/// A file of which the end is not known when it is begun: like write_output(), bit by bit. All that
/// was written is gone, whatever becomes of this process, unless it takes its name. Calls throw
/// Error("write `FILE`: why").
class OutputSpool {
 public:
  /// Makes the folders, and a file without a name in them (elsewhere, where `file` is no regular
  /// file: beside /dev/stdout nobody may make one).
  explicit OutputSpool(std::string file);

  void write(ByteView bytes);
  /// What was written, between `head` and `tail`, takes the file's name.
  void take_name(ByteView head, ByteView tail);

 private:
  std::string file_;
  Descriptor spool_;
};

/// `stem` + `ending` as the name of a file: "--" for each slash, "_" for each control character,
/// and the stem cut where the whole would be longer than 255 bytes (NAME_MAX), with a hash that
/// keeps different ones apart.
[[nodiscard]] std::string file_name(std::string_view stem, std::string_view ending);

}  // namespace halfopen
