#include "scenario/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/units.h"
#include "ws/answer.h"

namespace halfopen::scenario {
namespace {

struct LossInWords {
  std::string operator()(const link::NoLoss&) const { return ""; }
  std::string operator()(const link::Bernoulli& loss) const {
    return "loss " + format_share(loss.p);
  }
  std::string operator()(const link::GilbertElliott& loss) const {
    const double bad_share = loss.p + loss.r > 0 ? loss.p / (loss.p + loss.r) : 0;
    return fmt::format("loss in bursts ({} of the packets in the long run)",
                       format_share(bad_share * loss.bad + (1 - bad_share) * loss.good));
  }
  std::string operator()(const link::Outages& loss) const {
    return fmt::format("outages: {} on, {} off", format(loss.on), format(loss.off));
  }
};

std::string in_words(const Auth& auth) {
  const std::string token = in_quotes(auth.token);
  if (auth.where == Auth::Where::message)
    return fmt::format(
        "the connection is closed with {} unless the first message has the token {} "
        "within {}",
        auth.code, token, format(auth.within));
  return fmt::format("with {} where the token {} is missing", auth.status, token);
}

std::string in_words(const faults::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return in_quotes(*text);
  if (const auto* duration = std::get_if<Duration>(&value)) return format(*duration);
  return std::to_string(std::get<std::int64_t>(value));
}

/// "c0 00 …", not all of many.
std::string in_hex(ByteView bytes) {
  constexpr std::size_t most = 32;
  std::string out;
  for (std::size_t i = 0; i < std::min(bytes.size(), most); ++i)
    out += fmt::format("{}{:02x}", i > 0 ? " " : "", bytes[i]);
  return bytes.size() > most ? fmt::format("{} … ({} bytes)", out, bytes.size()) : out;
}

}  // namespace

std::string in_quotes(std::string_view text) {
  return fmt::format("\"{}\"", printable(as_bytes(text), 60));
}

std::string ordinal(int number) {
  const int tens = number % 100;
  const int ones = number % 10;
  const bool teen = tens >= 11 && tens <= 13;
  const char* ending = teen ? "th" : ones == 1 ? "st" : ones == 2 ? "nd" : ones == 3 ? "rd" : "th";
  return fmt::format("{}{}", number, ending);
}

std::string in_words(const Match& match) {
  struct Words {
    std::string operator()(const AnyMessage&) const { return "any message"; }
    std::string operator()(const TextMatch& text) const { return in_quotes(text.text); }
    std::string operator()(const RegexMatch& regex) const {
      return fmt::format("a message that matches /{}/", regex.pattern);
    }
    std::string operator()(const JsonMatch& json) const {
      return "a JSON message with " + json.json;
    }
    std::string operator()(const HexMatch& hex) const {
      return fmt::format("the bytes {}", in_hex(hex.bytes));
    }
  };
  return std::visit(Words{}, match);
}

std::string in_words(const Tell& tell) {
  std::string out = tell.action;
  if (tell.code) out += fmt::format(" {}", *tell.code);
  for (const char* field : {"text", "topic", "reason", "where"})
    if (const auto value = tell.fields.find(field); value != tell.fields.end())
      out += " " + in_quotes(value->second);
  for (const auto& [name, value] : tell.own) out += fmt::format(" {} = {}", name, value);
  if (tell.times > 1) out += fmt::format(", {} times", tell.times);
  if (tell.size > 0) out += fmt::format(", {} each", format_size(tell.size));
  return out;
}

std::string in_words(const faults::Use& use) {
  if (use.fault == nullptr) return "";
  faults::Use plain{use.fault, {}};
  faults::complete(plain);
  std::string out;
  for (const auto& [name, value] : use.arguments)
    if (plain.arguments[name] != value)
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", name, in_words(value));
  return out.empty() ? std::string(use.fault->name) : fmt::format("{} ({})", use.fault->name, out);
}

std::string name_of(const Handshake& handshake) {
  if (handshake.fault) return std::string(handshake.fault->fault->name);
  return handshake.status ? fmt::format("status {}", *handshake.status) : "handshake";
}

std::string in_words(const Handshake& handshake) {
  if (handshake.never) return "is read and never answered";
  std::string out;
  if (handshake.fault)
    out = fmt::format("is answered with the fault {}", in_words(*handshake.fault));
  else if (handshake.raw)
    out = fmt::format("is answered with {}", in_quotes(*handshake.raw));
  else if (handshake.status)
    out = fmt::format("is refused with {} {}", *handshake.status,
                      handshake.reason.value_or(std::string(ws::reason_of(*handshake.status))));
  else
    out = "is answered correctly";
  if (handshake.protocol)
    out += handshake.protocol->empty()
               ? ", choosing no subprotocol"
               : fmt::format(", choosing the subprotocol {}", in_quotes(*handshake.protocol));
  for (const auto& [name, value] : handshake.headers)
    out += value.empty() ? fmt::format(", without the header {}", name)
                         : fmt::format(", with {}: {}", name, value);
  if (handshake.auth) out += ", and " + in_words(*handshake.auth);
  if (!handshake.origins.empty())
    out +=
        fmt::format(", and with 403 unless its Origin is {}", fmt::join(handshake.origins, " or "));
  if (handshake.delay > Duration::zero()) out += fmt::format(", {} late", format(handshake.delay));
  if (handshake.drip > Duration::zero())
    out += fmt::format(", one byte every {}", format(handshake.drip));
  return out;
}

std::string in_words(const link::Settings& settings) {
  std::vector<std::string> parts;
  if (settings.delay > Duration::zero()) parts.push_back("delay " + format(settings.delay));
  if (settings.jitter > Duration::zero()) parts.push_back("jitter " + format(settings.jitter));
  if (auto loss = std::visit(LossInWords{}, settings.loss); !loss.empty()) parts.push_back(loss);
  if (settings.rate) parts.push_back("rate " + format_rate(*settings.rate));
  if (settings.reorder > 0) parts.push_back(format_share(settings.reorder) + " reordered");
  if (settings.duplicate > 0) parts.push_back(format_share(settings.duplicate) + " duplicated");
  if (settings.corrupt > 0) parts.push_back(format_share(settings.corrupt) + " corrupted");
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace halfopen::scenario
