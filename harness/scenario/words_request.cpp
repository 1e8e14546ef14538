// What is expected of a request, in words.
#include <fmt/format.h>

#include "scenario/words.h"

namespace halfopen::scenario {

std::string in_words(const FieldMatch& wanted) {
  struct Words {
    std::string operator()(bool there) const { return there ? "of any value" : "absent"; }
    std::string operator()(const TextMatch& text) const { return in_quotes(text.text); }
    std::string operator()(const RegexMatch& regex) const {
      return fmt::format("matching /{}/", regex.pattern);
    }
    std::string operator()(const std::vector<std::string>& list) const {
      std::string out;
      for (const std::string& item : list) out += (out.empty() ? "" : ", ") + in_quotes(item);
      return "just " + (out.empty() ? "nothing" : out);
    }
  };
  return std::visit(Words{}, wanted);
}

std::string in_words(const RequestExpectation& request) {
  std::string out = "every request has ";
  if (request.attempt) out = fmt::format("the request of attempt {} has ", *request.attempt);
  if (!request.to.empty()) out = fmt::format("every request to {} has ", request.to);
  bool first = true;
  for (const RequestExpectation::Field& field : request.fields) {
    out += fmt::format("{}{} {}", first ? "" : ", ", field.name, in_words(field.wanted));
    first = false;
  }
  return out;
}

}  // namespace halfopen::scenario
