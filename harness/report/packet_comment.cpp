#include "report/packet_comment.h"

#include <fmt/format.h>

#include <chrono>

#include "report/entry.h"

namespace halfopen::report {
namespace {

template <class... Kinds>
bool is_one_of(const trace::Body& body) {
  return (std::holds_alternative<Kinds>(body) || ...);
}

/// Whoever looks at the packets sees it there, decrypted and dissected.
bool is_in_packets(const trace::Body& body) {
  using namespace trace;
  return is_one_of<NameAsked, Window, Waiting, Accepted, ProxyAsked, ProxyAnswered, TlsOpened,
                   Request, Opened, Frame, FramesOmitted>(body);
}

}  // namespace

std::string packet_comment(const trace::Event& event) {
  if (is_in_packets(event.body)) return {};
  const auto entry = entry_of(event);
  if (!entry) return {};
  const std::string attempt = event.attempt > 0 ? fmt::format(", attempt {}", event.attempt) : "";
  return fmt::format("{:.6f} s{}: {}", std::chrono::duration<double>(event.at).count(), attempt,
                     entry->text);
}

}  // namespace halfopen::report
