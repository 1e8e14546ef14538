// Puts events into words. Every event type is named here, so that a new one is not forgotten.
#include "report/entry.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/units.h"
#include "judge/field_name.h"
#include "report/step_words.h"
#include "report/words.h"
#include "trace/event.h"
#include "trace/noise.h"

namespace halfopen::report {
namespace {

using namespace trace;

// Equal messages further apart than that are told one by one.
constexpr Duration close_in_time = std::chrono::milliseconds(100);

// Text that a client had a hand in: nothing in it may reach the terminal as a control sequence.
std::string safe(std::string_view text, std::size_t limit = 120) {
  return printable(as_bytes(text), limit);
}

std::string_view who(Side side) { return side == Side::client ? "client" : "server"; }

std::string_view fate_in_words(Fate fate) {
  switch (fate) {
    case Fate::passed:
      return "";
    case Fate::lost:
      return ", lost";
    case Fate::dropped_by_rule:
      return ", dropped by rule";
    case Fate::answered:
      return ", answered by the network";
    case Fate::blackholed:
      return ", vanished";
    case Fate::overflowed:
      return ", did not fit the queue";
    case Fate::too_large:
      return ", was too large for the way";
  }
  return "";
}

std::string port_in_words(Port port) {
  switch (port) {
    case Port::open:
      return "";
    case Port::closed:
      return ", to a closed port";
    case Port::filtered:
      return ", to a filtered port";
    case Port::unreachable:
      return ", to an unreachable host";
  }
  return "";
}

bool has_credentials(const ProxyAsked& asked) {
  return std::ranges::any_of(asked.headers, [](const auto& field) {
    return judge::same_name(field.first, "Proxy-Authorization");
  });
}

struct Words {
  using Said = std::optional<Entry>;

  static Said say(std::string text, Ink ink = Ink::plain, std::string key = {},
                  std::uint64_t bytes = 0) {
    return Entry{{}, ink, std::move(text), std::move(key), 1, bytes, {}, {}, false};
  }

  Said operator()(const AttemptBegins& e) const {
    return say((e.look_up ? "look-up from " : "SYN from ") + safe(e.peer) + port_in_words(e.port));
  }
  Said operator()(const NameAsked& e) const {
    const std::string late =
        e.delay > Duration::zero() ? ", " + span(e.delay) + " late" : std::string();
    return say(fmt::format("asked for {} {} by {}: {}{}", safe(e.name), safe(e.type, 20),
                           safe(e.transport, 5), safe(e.answer), late),
               Ink::dim);
  }
  Said operator()(const Packet& e) const {
    if (e.fate == Fate::passed && e.nth == 1 && e.kind != Control::icmp) return std::nullopt;
    const std::string again = e.nth > 1 ? fmt::format(" again ({})", e.nth) : "";
    return say(fmt::format("{} → {}{}{}", who(e.from), word(e.kind), again, fate_in_words(e.fate)),
               Ink::dim);
  }
  Said operator()(const DataLost& e) const {
    return say(
        fmt::format("{} → data at byte {}{}", who(e.from), e.position, fate_in_words(e.fate)),
        Ink::dim, fmt::format("{} → data{}", who(e.from), fate_in_words(e.fate)));
  }
  Said operator()(const Accepted&) const { return say("connected", Ink::dim); }
  Said operator()(const ProxyAsked& e) const {
    return say(fmt::format("asked the proxy: {} {}{}", safe(e.method, 20), safe(e.target),
                           has_credentials(e) ? ", with credentials" : ""),
               Ink::dim);
  }
  Said operator()(const ProxyAnswered& e) const {
    const bool through = 200 <= e.status && e.status < 300;
    return say(fmt::format("the proxy answered {}", e.status), through ? Ink::dim : Ink::yellow);
  }
  Said operator()(const TlsOpened& e) const {
    std::string text = safe(e.version) + " is up";
    if (!e.server_name.empty()) text += ", for " + safe(e.server_name);
    if (e.resumed)
      text += ", resumed";
    else if (e.session_offered)
      text += ", in full: the session that the client offered was not taken";
    return say(text, Ink::dim);
  }
  Said operator()(const TlsFailed& e) const {
    const std::string alert =
        e.alert.empty() ? "" : fmt::format(" ({} sent alert {})", who(e.from), safe(e.alert));
    return say("TLS failed" + alert + ": " + safe(e.why), Ink::yellow);
  }
  Said operator()(const trace::Request& e) const {
    return say(safe(e.method, 20) + " " + safe(e.target), Ink::dim);
  }
  Said operator()(const Answer& e) const {
    std::string text = e.status == 0 ? "answered in part" : fmt::format("answered {}", e.status);
    if (!e.fault.empty()) text += ", fault " + safe(e.fault);
    return say(text, e.valid ? Ink::dim : Ink::yellow);
  }
  Said operator()(const Opened& e) const {
    return say(e.extension.empty() ? "open" : "open, with " + safe(e.extension), Ink::green);
  }
  Said operator()(const Frame& e) const {
    const std::string what = fmt::format("{} → {}", who(e.from), word(e.opcode));
    const bool close = e.opcode == Opcode::close;
    const std::string code = close && e.code != 0 ? fmt::format(" {}", e.code) : "";
    const std::string text = e.text.empty() ? "" : " \"" + safe(e.text, 60) + "\"";
    const std::string packed = e.compressed ? ", compressed" : "";
    const bool beats = e.opcode == Opcode::ping || e.opcode == Opcode::pong;
    const std::string all = what + code + packed + text;
    Said said = say(all, Ink::plain, close ? "" : beats ? what : all, e.length);
    said->only_close = !beats;
    return said;
  }
  Said operator()(const FramesOmitted& e) const {
    return say(fmt::format("{} → {} more frames, {}", who(e.from), e.frames, format_size(e.bytes)),
               Ink::dim);
  }
  Said operator()(const EventsOmitted& e) const {
    return say(fmt::format("{} more {} were too many to keep", e.count, in_words(e.kind)),
               Ink::dim);
  }
  Said operator()(const Violation& e) const {
    return say("✕ " + safe(e.rule) + ": " + safe(e.text), Ink::red, "✕ " + safe(e.rule));
  }
  Said operator()(const FaultStruck& e) const {
    return say("fault " + safe(e.name) + (e.text.empty() ? "" : ": " + safe(e.text)), Ink::yellow);
  }
  Said operator()(const FaultSpared& e) const {
    return say("fault " + safe(e.name) + " does not strike: the coin fell against it", Ink::dim);
  }
  Said operator()(const EndVisible& e) const {
    return say("the client sees its end " + way_of(e), Ink::yellow);
  }
  Said operator()(const ClientLeft& e) const { return say("the client left " + way_of({e.how})); }
  Said operator()(const MessageMatched&) const { return std::nullopt; }
  Said operator()(const AttemptOver&) const { return std::nullopt; }
  Said operator()(const StepBegins&) const { return std::nullopt; }
  Said operator()(const StepPassed&) const { return std::nullopt; }
  Said operator()(const StepFailed& e) const {
    return say("✕ expected " + safe(wanted_of(e)) + ", seen " + safe(seen_instead(e)), Ink::red);
  }
  Said operator()(const LinkChanged& e) const { return say("link: " + safe(e.text), Ink::yellow); }
  Said operator()(const Told& e) const {
    return say("told the client: " + safe(e.text), Ink::cyan);
  }
  Said operator()(const LinkSummary&) const { return std::nullopt; }
  Said operator()(const Lag& e) const {
    Said said =
        say("halfopen itself was late by " + span(e.late), Ink::dim, "halfopen itself was late");
    said->late = e.late;
    return said;
  }
  Said operator()(const Unreliable& e) const { return say("unreliable: " + safe(e.why), Ink::red); }
  Said operator()(const ClientStarted& e) const {
    std::string text = "started";
    for (const std::string& word : e.command) text += " " + safe(word);
    return say(text, Ink::dim);
  }
  Said operator()(const ClientEvent& e) const {
    const std::string what = "client says " + safe(name_of(e), 40);
    std::string text = what;
    if (e.reported == Report::close) text += code_as_it_came(e) + (e.clean ? ", clean" : "");
    if (!e.text.empty()) text += " \"" + safe(e.text, 60) + "\"";
    return say(text, Ink::cyan, e.reported == Report::refused ? what : "");
  }
  Said operator()(const PageServed&) const { return say("the client fetched its page", Ink::dim); }
  Said operator()(const ClientLog& e) const {
    return say(std::string(word(e.stream)) + ": " + safe(e.text), Ink::dim);
  }
  Said operator()(const Window& e) const {
    return say(fmt::format("the {}'s window is {}, {} bytes came so far", who(e.of),
                           e.open ? "open again" : "closed", e.sent),
               Ink::dim, e.open ? "window open" : "window closed");
  }
  Said operator()(const Waiting& e) const {
    return say(fmt::format("{} bytes wait unread at the server, {} in the client's kernel",
                           e.unread, e.unsent),
               Ink::dim);
  }
  Said operator()(const ClientMemory& e) const {
    return say("the client has had " + format_size(e.bytes) + " of memory", Ink::dim);
  }
  Said operator()(const ClientExited& e) const {
    const std::string how = e.signal != 0 ? fmt::format("died of signal {}", e.signal)
                                          : fmt::format("exited with {}", e.code);
    if (e.by_us) return std::nullopt;
    return say("the client " + how, e.signal != 0 ? Ink::red : Ink::cyan);
  }
  Said operator()(const Unsupported& e) const { return say(safe(e.what), Ink::yellow); }
  Said operator()(const Broken& e) const { return say(safe(e.why, 400), Ink::red); }
  Said operator()(const Over& e) const {
    return say("the run is over: " + std::string(word(e.why)), Ink::dim);
  }
};

}  // namespace

std::optional<Entry> entry_of(const Event& event) {
  std::optional<Entry> entry = std::visit(Words{}, event.body);
  if (entry) entry->at = entry->last = event.at;
  return entry;
}

bool may_merge(const Entry& into, const Entry& next) {
  if (into.key.empty() || into.key != next.key) return false;
  return !next.only_close || next.at - into.last <= close_in_time;
}

void merge(Entry& into, const Entry& next) {
  into.last = next.at;
  into.count += next.count;
  into.bytes += next.bytes;
  into.late += next.late;
  into.text = fmt::format("{} ×{}", into.key, into.count);
  if (into.bytes > 0) into.text += ", " + format_size(into.bytes);
  if (into.late > Duration::zero()) into.text += ", " + span(into.late) + " in all";
}

}  // namespace halfopen::report
