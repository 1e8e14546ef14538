#include "page/drawing.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "page/line_detail.h"
#include "report/entry.h"
#include "report/words.h"

namespace halfopen::page {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_text = 300;

std::int64_t microseconds(Duration duration) {
  return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

Json microseconds(const std::optional<Duration>& duration) {
  return duration ? Json(microseconds(*duration)) : Json(nullptr);
}

// ── attempts, layer by layer ─────────────────────────────────────────────────────────────────

/// The layers that an attempt goes through, with the moment at which it leaves each.
struct Layers {
  bool looks_up = false;  ///< It began with a look-up.
  std::vector<std::pair<std::string_view, Duration>> left;

  void leave(std::string_view layer, Duration at) {
    if (left.empty() || left.back().first != layer) left.emplace_back(layer, at);
  }
};

std::map<int, Layers> layers_of(const trace::Trace& trace) {
  std::map<int, Layers> all;
  for (const trace::Event& event : trace.events) {
    if (event.attempt == 0) continue;
    Layers& layers = all[event.attempt];
    const auto is = [&]<class T>(std::type_identity<T>) {
      return std::holds_alternative<T>(event.body);
    };
    if (const auto* begins = std::get_if<trace::AttemptBegins>(&event.body)) {
      layers.looks_up = begins->look_up;
    } else if (const auto* packet = std::get_if<trace::Packet>(&event.body)) {
      if (layers.looks_up && layers.left.empty() && packet->kind == trace::Control::syn)
        layers.leave("look-up", event.at);
    } else if (is(std::type_identity<trace::Accepted>{})) {
      layers.leave("TCP", event.at);
    } else if (is(std::type_identity<trace::ProxyAnswered>{})) {
      layers.leave("proxy", event.at);
    } else if (is(std::type_identity<trace::TlsOpened>{}) ||
               is(std::type_identity<trace::TlsFailed>{})) {
      layers.leave("TLS", event.at);
    } else if (is(std::type_identity<trace::Answer>{})) {
      layers.leave("HTTP", event.at);
    }
  }
  return all;
}

Json drawn(const judge::AttemptView& attempt, const Layers& layers, Duration run_end) {
  const Duration end = attempt.ended.value_or(run_end);
  Json parts = Json::array();
  Duration from = attempt.began;
  for (const auto& [layer, until] : layers.left) {
    const Duration to = std::min(until, end);
    if (to > from) parts.push_back({layer, microseconds(from), microseconds(to)});
    from = std::max(from, to);
  }
  // What it was in when it ended: open, or waiting for the next layer.
  if (end > from)
    parts.push_back({attempt.opened ? "open" : "waiting", microseconds(from), microseconds(end)});
  return {{"n", attempt.number},
          {"began", microseconds(attempt.began)},
          {"ended", microseconds(attempt.ended)},
          {"how", printable(as_bytes(report::in_words(judge::ending_of(attempt))), most_text)},
          {"silent", microseconds(attempt.silent_since)},
          {"status", attempt.status ? Json(*attempt.status) : Json(nullptr)},
          {"opened", microseconds(attempt.opened)},
          {"faults", attempt.faults},
          {"parts", std::move(parts)}};
}

Json drawn_attempts(const report::Result& result, std::size_t most) {
  const std::vector<judge::AttemptView>& attempts = result.attempts;
  auto layers = layers_of(result.trace);
  const std::size_t last = most / 3;
  const bool all = attempts.size() <= most;
  Json list = Json::array();
  for (std::size_t i = 0; i < attempts.size(); ++i)
    if (all || i < most - last || i >= attempts.size() - last)
      list.push_back(drawn(attempts[i], layers[attempts[i].number], result.duration));
  return list;
}

// ── gaps ─────────────────────────────────────────────────────────────────────────────────────

/// What was asked of the gap with that index, from 1; null: nothing.
const DurationRange* asked_of(const scenario::Expect& expect, std::size_t index) {
  if (index <= expect.gaps.size()) return &expect.gaps[index - 1].value;
  return expect.every_gap ? &expect.every_gap->value : nullptr;
}

std::set<int> broken_gaps(const judge::Verdict& verdict) {
  std::set<int> broken;
  for (const judge::Failure& failure : verdict.failures) {
    const judge::Kind kind = failure.expectation.kind;
    if (kind == judge::Kind::gaps || kind == judge::Kind::every_gap)
      broken.insert(failure.expectation.index);
  }
  return broken;
}

Json drawn_gaps(const report::Result& result, std::size_t most) {
  const std::set<int> broken = broken_gaps(result.verdict);
  Json list = Json::array();
  for (const judge::AttemptView& attempt : result.attempts) {
    if (!attempt.gap_to_next) continue;
    const std::size_t index = list.size() + 1;
    if (index > most) break;
    Json gap{{"after", attempt.number},
             {"length", microseconds(*attempt.gap_to_next)},
             {"at_most", attempt.gap_at_most},
             {"broken", broken.contains(static_cast<int>(index))}};
    if (const DurationRange* range = asked_of(result.scenario->expect, index)) {
      const judge::Measure asked = judge::measured(*range, *attempt.gap_to_next);
      gap["lowest"] = asked.lowest;
      gap["highest"] = asked.highest ? Json(*asked.highest) : Json(nullptr);
    }
    list.push_back(std::move(gap));
  }
  return list;
}

// ── what happened ────────────────────────────────────────────────────────────────────────────

/// Where a line belongs beside the attempts.
struct Lane {
  std::string_view operator()(const trace::LinkChanged&) const { return "link"; }
  std::string_view operator()(const trace::ClientEvent&) const { return "reports"; }
  std::string_view operator()(const trace::Told&) const { return "reports"; }
  std::string_view operator()(const trace::ClientLog&) const { return "output"; }
  std::string_view operator()(const trace::ClientStarted&) const { return "output"; }
  std::string_view operator()(const trace::ClientExited&) const { return "output"; }
  std::string_view operator()(const trace::Lag&) const { return "halfopen"; }
  std::string_view operator()(const trace::Unreliable&) const { return "halfopen"; }
  std::string_view operator()(const trace::FaultStruck&) const { return "fault"; }
  std::string_view operator()(const trace::Frame&) const { return "frame"; }
  std::string_view operator()(const trace::StepFailed&) const { return "step"; }
  std::string_view operator()(const trace::StepPassed&) const { return "step"; }
  std::string_view operator()(const trace::Violation&) const { return "violation"; }
  template <class Other>
  std::string_view operator()(const Other&) const {
    return "wire";
  }
};

struct Line {
  report::Entry entry;
  std::string_view lane;
  const trace::Event* event = nullptr;  ///< The first of those that it stands for.
};

std::string_view ink_of(report::Ink ink) {
  constexpr std::array<std::string_view, 7> names{"plain", "dim",    "bold", "green",
                                                  "red",   "yellow", "cyan"};
  return names.at(static_cast<std::size_t>(ink));
}

/// Every line that a reader is told; neighbours that say the same are one.
std::vector<Line> lines_of(const trace::Trace& trace) {
  std::vector<Line> lines;
  std::map<int, std::size_t> latest;                 // Of each attempt.
  std::map<std::pair<int, int>, std::string> steps;  // Texts of those begun.
  for (const trace::Event& event : trace.events) {
    if (const auto* begins = std::get_if<trace::StepBegins>(&event.body))
      steps[{event.attempt, begins->index}] = begins->text;
    std::optional<report::Entry> entry = report::entry_of(event);
    if (const auto* passed = std::get_if<trace::StepPassed>(&event.body)) {
      const std::string& text = steps[{event.attempt, passed->index}];
      entry.emplace();
      entry->at = entry->last = event.at;
      entry->ink = report::Ink::green;
      entry->text = "✓ " + printable(as_bytes(text), most_text);
    }
    if (!entry) continue;
    const auto before = latest.find(event.attempt);
    if (before != latest.end() && report::may_merge(lines[before->second].entry, *entry)) {
      report::merge(lines[before->second].entry, *entry);
      continue;
    }
    latest[event.attempt] = lines.size();
    lines.push_back({std::move(*entry), std::visit(Lane{}, event.body), &event});
  }
  return lines;
}

/// Leaves out first what is said in passing, then what is in the middle. How many that were.
std::size_t thin_out(std::vector<Line>& lines, std::size_t most) {
  const std::size_t before = lines.size();
  if (lines.size() > most)
    std::erase_if(lines, [](const Line& line) { return line.entry.ink == report::Ink::dim; });
  if (lines.size() > most) {
    const std::size_t last = most / 3;
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(most - last),
                lines.end() - static_cast<std::ptrdiff_t>(last));
  }
  return before - lines.size();
}

Json drawn(const Line& line) {
  return {microseconds(line.entry.at),
          line.event->attempt,
          line.lane,
          ink_of(line.entry.ink),
          printable(as_bytes(line.entry.text), most_text),
          line.event->line};
}

/// Each line, behind it what it tells when it is asked, as long as there is room for that; with how
/// many lines there was none.
std::pair<Json, std::size_t> drawn(const std::vector<Line>& lines, std::size_t room) {
  Json list = Json::array();
  std::size_t mute = 0;
  for (const Line& line : lines) {
    Json drawing = drawn(line);
    Json detail = detail_of(line.event->body);
    if (!detail.is_null()) {
      if (line.entry.count > 1) detail["first_of"] = line.entry.count;
      const std::size_t size = detail.dump(-1, ' ', false, Json::error_handler_t::replace).size();
      if (size <= room) {
        room -= size;
        drawing.push_back(std::move(detail));
      } else {
        room = 0;
        ++mute;
      }
    }
    list.push_back(std::move(drawing));
  }
  return {std::move(list), mute};
}

}  // namespace

Detail detail_for(std::size_t runs) {
  constexpr std::size_t all_lines = 80'000;
  constexpr std::size_t all_attempts = 30'000;
  constexpr std::size_t all_asked = 3'000'000;
  const std::size_t share = std::max<std::size_t>(runs, 1);
  return {std::clamp<std::size_t>(all_lines / share, 60, 2000),
          std::clamp<std::size_t>(all_attempts / share, 15, 300),
          std::clamp<std::size_t>(all_asked / share, 1500, 600'000)};
}

std::string draw(const report::Result& result, const Detail& detail) {
  std::vector<Line> lines = lines_of(result.trace);
  const std::size_t left_out = thin_out(lines, detail.lines);
  Json drawing{{"end", microseconds(result.duration)},
               {"attempts", drawn_attempts(result, detail.attempts)},
               {"attempts_in_all", result.attempts.size()},
               {"gaps", drawn_gaps(result, detail.attempts)},
               {"lines_left_out", left_out}};
  std::tie(drawing["lines"], drawing["lines_mute"]) = drawn(lines, detail.asked);
  return drawing.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace halfopen::page
