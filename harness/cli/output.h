// What the program says, on streams that may be closed, full or a terminal.
#pragma once

#include <string_view>

namespace halfopen::cli {

/// Opens /dev/null for standard streams that are closed: what is opened later must not take their
/// place, and be written to. To be called before anything else.
void open_standard_streams();

/// On standard error, as it is. That this cannot be written ends nothing: there is nobody to tell.
void to_stderr(std::string_view text);
/// A message of one or more lines on standard error, and a newline. Text from others in it is made
/// printable.
void complain(std::string_view text);

/// Whether all that was printed to standard output has been written; says so if not.
[[nodiscard]] bool output_is_complete();

}  // namespace halfopen::cli
