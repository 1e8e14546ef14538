#include "judge/look_ups.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "judge/field_name.h"

namespace halfopen::judge {
namespace {

// Those in an answer like "192.0.2.1, 192.0.2.2 for 60 s"; none in one like "NXDOMAIN".
std::vector<std::string> addresses_in(std::string_view answer) {
  std::vector<std::string> addresses;
  answer = answer.substr(0, answer.find(" for "));
  while (!answer.empty()) {
    const std::string_view one = answer.substr(0, answer.find(", "));
    const bool is_address = one.find_first_not_of("0123456789abcdef.:") == std::string_view::npos &&
                            one.find_first_of(".:") != std::string_view::npos;
    if (is_address) addresses.emplace_back(one);
    answer.remove_prefix(std::min(answer.size(), one.size() + 2));
  }
  return addresses;
}

// Follows the trace from look-up to look-up.
class Follower {
 public:
  void take(int number, const trace::AttemptBegins& begins) {
    if (begins.look_up) begin(number);
    all_.used_by[number] = {all_.found.size() - 1, begins.look_up};
    in_use_ = true;
  }
  void take(int number, const trace::NameAsked& asked) {
    // The queries before an attempt that begins with its SYN are of none.
    if (number != begun_ || (number == 0 && in_use_)) begin(number);
    for (std::string& address : addresses_in(asked.answer)) {
      const bool ipv6 = address.find(':') != std::string::npos;
      if (!seen_.insert(std::move(address)).second) continue;
      ++(ipv6 ? all_.found.back().ipv6 : all_.found.back().ipv4);
    }
  }
  [[nodiscard]] LookUps found() { return std::move(all_); }

 private:
  void begin(int number) {
    all_.found.emplace_back();
    seen_.clear();
    begun_ = number;
    in_use_ = false;
  }

  LookUps all_{.found = {Addresses{}}, .used_by = {}};
  std::optional<int> begun_;  // The attempt that the newest belongs to.
  bool in_use_ = false;       // An attempt has begun since.
  std::set<std::string> seen_;
};

}  // namespace

LookUps look_ups(const trace::Trace& trace, const std::string& host) {
  Follower follower;
  for (const trace::Event& event : trace.events) {
    if (const auto* begins = std::get_if<trace::AttemptBegins>(&event.body))
      follower.take(event.attempt, *begins);
    const auto* asked = std::get_if<trace::NameAsked>(&event.body);
    if (asked != nullptr && same_name(asked->name, host)) follower.take(event.attempt, *asked);
  }
  return follower.found();
}

}  // namespace halfopen::judge
