// What the client's opening requests had in them, and those to its proxy.
#include <algorithm>
#include <map>

#include "base/pattern.h"
#include "judge/checks.h"
#include "judge/field_name.h"

namespace halfopen::judge {
namespace {

using Values = std::vector<std::string>;

/// The elements of a comma-separated list, without the white space around them.
void add_elements(std::string_view list, Values& to) {
  constexpr std::string_view blanks = " \t";
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view element = list.substr(0, comma);
    const std::size_t first = element.find_first_not_of(blanks);
    if (first != std::string_view::npos)
      to.emplace_back(element.substr(first, element.find_last_not_of(blanks) + 1 - first));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

/// The header behind a key of the scenario.
std::string_view header_of(std::string_view key) {
  if (key == "protocols") return "Sec-WebSocket-Protocol";
  if (key == "extensions") return "Sec-WebSocket-Extensions";
  if (key == "user_agent") return "User-Agent";
  if (key == "proxy_authorization") return "Proxy-Authorization";
  return key;
}

/// The values of that field, as they came. Subprotocols and extensions are lists, in however many
/// headers (RFC 9110, section 5.3).
Values values_of(const trace::Request& request, std::string_view key) {
  if (key == "path") return {request.target};
  const bool list = key == "protocols" || key == "extensions";
  Values values;
  for (const auto& [field, value] : request.headers) {
    if (!same_name(field, header_of(key))) continue;
    if (list)
      add_elements(value, values);
    else
      values.push_back(value);
  }
  return values;
}

/// Whether the request goes to that host, on whatever port.
bool goes_to(const trace::Request& request, const std::string& host) {
  const Values seen = values_of(request, "host");
  return seen.size() == 1 && same_name(seen[0].substr(0, seen[0].rfind(':')), host);
}

/// One value for texts and regular expressions: the elements of a list, or several fields, joined.
std::string joined(const Values& seen) {
  std::string text;
  for (const std::string& value : seen) text += (&value == &seen.front() ? "" : ", ") + value;
  return text;
}

bool fits(const scenario::FieldMatch& wanted, const Values& seen) {
  struct Fits {
    const Values& seen;
    bool operator()(bool there) const { return there == !seen.empty(); }
    bool operator()(const scenario::TextMatch& text) const {
      return !seen.empty() && joined(seen) == text.text;
    }
    bool operator()(const scenario::RegexMatch& regex) const {
      return !seen.empty() && found_in(joined(seen), regex.pattern);
    }
    bool operator()(const std::vector<std::string>& list) const { return seen == list; }
  };
  return std::visit(Fits{seen}, wanted);
}

/// One that is judged.
struct Judged {
  int attempt;
  Duration at;
  trace::Request request;
};

std::vector<Judged> opening_requests(const Evidence& evidence) {
  std::vector<Judged> all;
  for_each<trace::Request>(evidence, [&](const trace::Event& event, const auto& request) {
    all.push_back({event.attempt, event.at, request});
  });
  return all;
}

/// The last of each attempt: one before it may have waited to be asked for credentials.
std::vector<Judged> proxy_requests(const Evidence& evidence) {
  std::map<int, Judged> last;
  for_each<trace::ProxyAsked>(evidence, [&](const trace::Event& event, const auto& asked) {
    last.insert_or_assign(
        event.attempt,
        Judged{event.attempt, event.at, {asked.method, asked.target, asked.headers}});
  });
  std::vector<Judged> all;
  all.reserve(last.size());
  for (auto& [attempt, judged] : last) all.push_back(std::move(judged));
  return all;
}

/// Whether it held.
bool check_field(const Evidence& evidence, Verdict& verdict, const Judged& judged,
                 const scenario::RequestExpectation::Field& field) {
  const Values values = values_of(judged.request, field.name);
  if (fits(field.wanted, values)) return true;
  fail(evidence, verdict,
       {{Kind::request, 0, field.name},
        field.place.line,
        wanted::Field{field.name, field.wanted},
        seen::Field{field.is_for_proxy(), judged.attempt, values, judged.at},
        judged.attempt});
  return false;
}

/// There was none of those.
void check_none(const Evidence& evidence, Verdict& verdict,
                const scenario::RequestExpectation& wanted) {
  const Expectation asked{Kind::request};
  const int line = wanted.place.line;
  if (may_still_come(evidence, wanted.attempt))
    return undecided(verdict, asked, line, why::NoAttempt{*wanted.attempt});
  if (!wanted.to.empty()) return not_judged(verdict, asked, line, why::NoRequestTo{wanted.to});
  fail_missing(evidence, verdict,
               {asked, line, wanted, seen::NoRequest{wanted.attempt}, wanted.attempt.value_or(0)});
}

/// `wanted` has only fields of such requests.
void check(const Evidence& evidence, Verdict& verdict, const std::vector<Judged>& requests,
           const scenario::RequestExpectation& wanted) {
  std::vector<const Judged*> all;
  for (const Judged& judged : requests)
    if ((!wanted.attempt || *wanted.attempt == judged.attempt) &&
        (wanted.to.empty() || goes_to(judged.request, wanted.to)))
      all.push_back(&judged);
  if (all.empty()) return check_none(evidence, verdict, wanted);
  for (const auto& field : wanted.fields) {
    bool held = true;
    for (const Judged* judged : all) held = check_field(evidence, verdict, *judged, field) && held;
    if (held)
      hold(verdict, {Kind::request, 0, field.name}, field.place.line, std::nullopt,
           wanted.attempt.value_or(0));
  }
}

}  // namespace

void check_requests(const Evidence& evidence, Verdict& verdict) {
  for (const scenario::RequestExpectation& wanted : evidence.expect().requests)
    for (const bool to_proxy : {false, true}) {
      scenario::RequestExpectation part = wanted;
      std::erase_if(part.fields,
                    [&](const auto& field) { return field.is_for_proxy() != to_proxy; });
      if (part.fields.empty()) continue;
      check(evidence, verdict, to_proxy ? proxy_requests(evidence) : opening_requests(evidence),
            part);
    }
}

}  // namespace halfopen::judge
