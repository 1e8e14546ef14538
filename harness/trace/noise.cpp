#include "trace/noise.h"

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "trace/event.h"

namespace halfopen::trace {
namespace {

constexpr std::size_t mebibyte = std::size_t{1024} * 1024;

std::size_t text_of(const std::string& text) { return text.size(); }
std::size_t text_of(const std::vector<std::string>& texts) {
  std::size_t size = 0;
  for (const std::string& text : texts) size += text.size();
  return size;
}
std::size_t text_of(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::size_t size = 0;
  for (const auto& [name, value] : fields) size += name.size() + value.size() + sizeof(fields[0]);
  return size;
}
std::size_t text_of(Duration) { return 0; }
template <class M>
requires std::is_arithmetic_v<M> || std::is_enum_v<M> std::size_t text_of(M) { return 0; }

}  // namespace

std::optional<Noise> noise_in(const Body& body) {
  // What ends a connection is no noise.
  if (const auto* frame = std::get_if<Frame>(&body))
    return frame->opcode == Opcode::close ? std::nullopt : std::optional(Noise::frames);
  if (std::holds_alternative<ClientEvent>(body)) return Noise::reports;
  if (std::holds_alternative<ClientLog>(body)) return Noise::logs;
  if (std::holds_alternative<NameAsked>(body)) return Noise::names;
  if (std::holds_alternative<Packet>(body)) return Noise::packets;
  if (std::holds_alternative<DataLost>(body)) return Noise::data_lost;
  if (std::holds_alternative<Window>(body)) return Noise::windows;
  if (std::holds_alternative<MessageMatched>(body)) return Noise::messages;
  return std::nullopt;
}

Budget budget_of(Noise kind) {
  switch (kind) {
    case Noise::reports:
      return {100'000, 32 * mebibyte};
    case Noise::logs:
      return {50'000, 16 * mebibyte};
    case Noise::names:
      return {5'000, 2 * mebibyte};
    case Noise::frames:
      return {100'000, 32 * mebibyte};
    case Noise::packets:
    case Noise::data_lost:
      return {100'000, 8 * mebibyte};
    case Noise::messages:
      return {100'000, mebibyte};
    case Noise::windows:
      return {20'000, mebibyte};
    case Noise::attempts:
      return {most_attempts, mebibyte};
    case Noise::headers:
      return {2 * most_attempts, 16 * mebibyte};
  }
  return {};
}

bool is_the_clients(Noise kind) {
  switch (kind) {
    case Noise::reports:
    case Noise::logs:
    case Noise::names:
    case Noise::frames:
    case Noise::packets:
    case Noise::attempts:
    case Noise::headers:
    case Noise::messages:
      return true;
    case Noise::data_lost:
    case Noise::windows:
      return false;
  }
  return false;
}

std::string_view in_words(Noise kind) {
  switch (kind) {
    case Noise::reports:
      return "reports";
    case Noise::logs:
      return "lines of output";
    case Noise::names:
      return "queries to the resolver";
    case Noise::frames:
      return "frames worth a line of their own";
    case Noise::packets:
      return "TCP control packets";
    case Noise::data_lost:
      return "packets lost";
    case Noise::windows:
      return "changes of a window";
    case Noise::attempts:
      return "attempts";
    case Noise::headers:
      return "requests with their headers";
    case Noise::messages:
      return "messages that are asked for";
  }
  return "";
}

std::size_t text_in(const Body& body) {
  return std::visit(
      [](const auto& event) {
        std::size_t size = 0;
        for_each_member<std::decay_t<decltype(event)>>(
            [&](const auto& each) { size += text_of(event.*each.pointer); });
        return size;
      },
      body);
}

std::size_t memory_of(const Trace& trace) {
  std::size_t size = trace.events.capacity() * sizeof(Event);
  for (const Event& event : trace.events) size += text_in(event.body);
  return size;
}

}  // namespace halfopen::trace
