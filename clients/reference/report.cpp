// Events as JSON lines.
#include "report.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace reference {
namespace {

using Json = nlohmann::ordered_json;

/// Longer messages are reported by their beginning and their length.
constexpr std::size_t text_limit = 4096;

void print(const Json& json) {
  const std::string line = json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
  const bool printed = std::fwrite(line.data(), 1, line.size(), stdout) == line.size();
  if (!printed || std::fflush(stdout) != 0) std::exit(0);  // Nobody listens any more.
}

struct Print {
  void operator()(const Opened& /*opened*/) const { print({{"event", "open"}}); }
  void operator()(const Challenged& /*challenged*/) const {}  // Not the application's business.
  void operator()(const WentWrong& wrong) const { report_error(wrong.message); }

  void operator()(const MessageCame& message) const {
    const halfopen::ByteView payload = message.payload;
    const auto beginning = payload.first(std::min(payload.size(), text_limit));
    Json json{{"event", "message"},
              {"text", message.binary ? halfopen::hex(beginning) : halfopen::as_text(beginning)},
              {"length", payload.size()}};
    if (message.binary) json["binary"] = true;
    print(json);
  }

  void operator()(const Closed& closed) const {
    print({{"event", "close"},
           {"code", closed.code},
           {"reason", closed.reason},
           {"clean", closed.clean}});
  }
};

}  // namespace

void report(const Happening& happening) { std::visit(Print{}, happening); }

void report_error(std::string_view message) { print({{"event", "error"}, {"message", message}}); }

void report_gave_up() { print({{"event", "gave-up"}}); }

void report_refused(std::string_view action, std::string_view why) {
  print({{"event", "refused"}, {"do", action}, {"why", why}});
}

}  // namespace reference
