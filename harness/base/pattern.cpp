#include "base/pattern.h"

#include <re2/re2.h>

#include "base/bytes.h"

namespace halfopen {
namespace {

re2::RE2::Options quiet() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  return options;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::string pattern_problem(std::string_view pattern) {
  return re2::RE2(piece(pattern), quiet()).error();
}

bool found_in(std::string_view text, std::string_view pattern) {
  re2::RE2::Options options = quiet();
  // What is no UTF-8 has no characters but bytes: "\xc0" is one of them.
  if (!is_utf8(as_bytes(text))) options.set_encoding(re2::RE2::Options::EncodingLatin1);
  const re2::RE2 compiled(piece(pattern), options);
  return compiled.ok() && re2::RE2::PartialMatch(piece(text), compiled);
}

}  // namespace halfopen
