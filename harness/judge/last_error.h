// What a client itself said about its end: the error among its last lines.
#pragma once

#include <string>

#include "judge/evidence.h"

namespace halfopen::judge {

/// The error that the client printed before that moment: Node's "TypeError: …", the last line of
/// Python's traceback, Go's "panic: …", Java's "Exception in …", Rust's "… panicked at …" or what a
/// C++ program's terminate() prints. Else its last line on stderr that says anything; "" for none.
[[nodiscard]] std::string last_error(const Evidence& evidence, Duration until);

/// The error that it reported last before that moment, or else printed (last_error).
[[nodiscard]] std::string last_said_error(const Evidence& evidence, Duration until);

}  // namespace halfopen::judge
