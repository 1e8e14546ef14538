// What the page is made of, beside its data: made at build time from the files in assets/.
#pragma once

#include <string_view>

namespace halfopen::page::assets {

extern const std::string_view style;
extern const std::string_view script;
extern const std::string_view body;  ///< From <body> on; it is not closed.

}  // namespace halfopen::page::assets
