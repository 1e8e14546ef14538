#include "base/pattern.h"

#include <re2/re2.h>

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
  const re2::RE2 compiled(piece(pattern), quiet());
  return compiled.ok() && re2::RE2::PartialMatch(piece(text), compiled);
}

}  // namespace halfopen
