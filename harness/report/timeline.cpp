// The timeline of one run for a terminal: a block per attempt, the gaps between them, the verdict.
#include "judge/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/bytes.h"
#include "report/columns.h"
#include "report/entry.h"
#include "report/report.h"
#include "report/verdict_text.h"
#include "report/words.h"

namespace halfopen::report {
namespace {

// A flood must not become a flood of lines.
constexpr std::size_t most_blocks = 30;
constexpr std::size_t most_lines = 60;

// The entries of one attempt; number 0: what came before the first.
struct Block {
  const judge::AttemptView* attempt = nullptr;
  std::vector<Entry> entries;
  std::map<int, std::string> steps;  // Texts of those begun.
  std::optional<std::size_t> fin;    // Where the client's FIN is told first.
};

bool is_fin(const trace::Event& event) {
  const auto* packet = std::get_if<trace::Packet>(&event.body);
  if (packet != nullptr)
    return packet->kind == trace::Control::fin && packet->from == trace::Side::client;
  const auto* left = std::get_if<trace::ClientLeft>(&event.body);
  return left != nullptr && left->how == trace::End::fin;
}

bool is_close(const trace::Event& event) {
  const auto* frame = std::get_if<trace::Frame>(&event.body);
  return frame != nullptr && frame->from == trace::Side::client &&
         frame->opcode == trace::Opcode::close;
}

void add(Block& block, const trace::Event& event) {
  if (const auto* begins = std::get_if<trace::StepBegins>(&event.body))
    block.steps[begins->index] = begins->text;
  std::optional<Entry> entry = entry_of(event);
  if (const auto* passed = std::get_if<trace::StepPassed>(&event.body))
    entry = Entry{event.at, Ink::green, "✓ " + printable(as_bytes(block.steps[passed->index]), 120),
                  {},       1,          0,
                  {},       event.at,   false};
  if (!entry) return;
  std::vector<Entry>& entries = block.entries;
  // The client's FIN is seen where it leaves the client, and its Close, which it sent before, where
  // the server reads it.
  if (block.fin && is_close(event)) {
    entry->at = entries[*block.fin].at;
    entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(*block.fin), std::move(*entry));
    ++*block.fin;
    return;
  }
  if (!entries.empty() && may_merge(entries.back(), *entry))
    merge(entries.back(), *entry);
  else
    entries.push_back(std::move(*entry));
  if (!block.fin && is_fin(event)) block.fin = entries.size() - 1;
}

// An event without an attempt goes to the attempt that began last.
std::vector<Block> blocks_of(const trace::Trace& trace,
                             const std::vector<judge::AttemptView>& attempts) {
  std::vector<Block> blocks(attempts.size() + 1);
  std::map<int, std::size_t> index;
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    blocks[i + 1].attempt = &attempts[i];
    index.emplace(attempts[i].number, i + 1);
  }
  std::size_t latest = 0;
  for (const trace::Event& event : trace.events) {
    const auto found = index.find(event.attempt);
    const std::size_t at = found == index.end() || event.attempt == 0 ? latest : found->second;
    if (std::holds_alternative<trace::AttemptBegins>(event.body)) latest = std::max(latest, at);
    add(blocks[at], event);
  }
  return blocks;
}

class Writer {
 public:
  Writer(const Result& result, const Style& style) : result_(result), style_(style) {}

  std::string write() {
    head();
    const auto blocks = blocks_of(result_.trace, result_.attempts);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (i == most_blocks - 5 && blocks.size() > most_blocks) {
        const std::size_t left_out = blocks.size() - most_blocks;
        line("  … " + count_of(left_out, "more attempt"), Ink::dim);
        i += left_out;
      }
      block(blocks[i]);
    }
    return out_;
  }

 private:
  void line(std::string_view text, Ink ink) {
    out_ += paint(fit(printable_line(text), style_.width), ink, style_.colours) + "\n";
  }

  void head() {
    const trace::Header& header = result_.trace.header;
    line(std::string(header.scenario), Ink::bold);
    if (!result_.scenario->about.empty())
      out_ += "  " + wrapped(printable_line(result_.scenario->about), style_.width - 2, 2) + "\n";
    const std::string why = header.link_why.empty() ? "" : " (" + header.link_why + ")";
    line(fmt::format("  client {}, link {}{}, seed {}", header.client, header.link, why,
                     header.seed),
         Ink::dim);
    out_ += "\n";
  }

  void block(const Block& block) {
    const char* bar = "  ";
    if (block.attempt) {
      line(fmt::format("┌ attempt {}", block.attempt->number), Ink::bold);
      bar = "│ ";
    }
    const std::size_t size = block.entries.size();
    for (std::size_t i = 0; i < size; ++i) {
      if (i == most_lines - 10 && size > most_lines) {
        line(fmt::format("{}            … {} more lines", bar, size - most_lines), Ink::dim);
        i += size - most_lines;
      }
      entry(bar, block.entries[i]);
    }
    if (block.attempt) gap(*block.attempt);
  }

  void entry(const char* bar, const Entry& entry) {
    const double at = std::chrono::duration<double>(entry.at).count();
    const std::string start = fmt::format("{}{:>8.3f} s  ", bar, at);
    out_ += start +
            paint(fit(printable_line(entry.text), style_.width - columns(start)), entry.ink,
                  style_.colours) +
            "\n";
  }

  void gap(const judge::AttemptView& attempt) {
    if (!attempt.gap_to_next) return line("└", Ink::bold);
    line("└", Ink::bold);
    const std::string most = attempt.gap_at_most ? "at most " : "";
    const std::string text = attempt.overlapped
                                 ? "no gap: the next attempt began while this one lived"
                                 : "gap " + most + span(*attempt.gap_to_next);
    line("  ┆ " + text, attempt.overlapped ? Ink::red : Ink::bold);
  }

  const Result& result_;
  const Style& style_;
  std::string out_;
};

}  // namespace

std::string story(const Result& result, const Style& style) {
  return result.story.empty() ? Writer(result, style).write() : result.story;
}

std::string timeline(const Result& result, const Style& style) {
  return story(result, style) + "\n" + verdict_text(result, style);
}

}  // namespace halfopen::report
