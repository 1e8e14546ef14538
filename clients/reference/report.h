// What the client tells halfopen: one JSON line an event on standard output.
#pragma once

#include <string_view>

#include "connection.h"

namespace reference {

void report(const Happening& happening);
void report_error(std::string_view message);
void report_gave_up();
/// A command that cannot be carried out.
void report_refused(std::string_view action, std::string_view why);

}  // namespace reference
