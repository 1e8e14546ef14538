// The names of expectations.
#include <fmt/format.h>

#include "report/verdict_words.h"

namespace halfopen::report {

std::string path_of(const judge::Expectation& expectation) {
  using judge::Kind;
  const std::string& name = expectation.name;
  const int index = expectation.index;
  std::string kind(judge::name_of(expectation.kind));
  switch (expectation.kind) {
    case Kind::gaps:
    case Kind::messages:
      return index == 0 ? kind : fmt::format("{}[{}]", kind, index);
    case Kind::every_gap:
      return index == 0 ? kind : fmt::format("gaps (gap {})", index);
    case Kind::request:
      return name.empty() ? kind : "request." + name;
    case Kind::client_event:
      return "client." + name;
    case Kind::crash:
      return "client";
    case Kind::memory:
      return "client.memory";
    case Kind::step:
      return "step " + (name.empty() ? std::to_string(index) : name);
    case Kind::invariant:
      return "invariant " + name;
    case Kind::should_refuse:
      return "should refuse";
    case Kind::should_close:
      return "should close";
    case Kind::retry_after:
      return "retry-after";
    default:
      return kind;
  }
}

}  // namespace halfopen::report
