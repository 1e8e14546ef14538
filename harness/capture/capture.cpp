#include "capture/capture.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace halfopen::capture {

void Capture::packet(Duration at, Side side, Way way, ByteView bytes) {
  Counts& counts = of(side);
  ++counts.seen;
  if (used_ >= room_.packets) {
    ++counts.without_room;
    return;
  }
  settle_notes(at);
  finish_latest();
  const bool cut = used_ >= room_.whole && bytes.size() > room_.cut;
  if (cut) ++counts.cut;
  const ByteView kept = cut ? bytes.first(room_.cut) : bytes;
  latest_ = Latest{at, side, way, {kept.begin(), kept.end()}, bytes.size(), {}, unsaid_};
  unsaid_ = 0;
  for (Note& note : std::exchange(notes_, {})) say(*latest_, std::move(note.text));
}

void Capture::comment(Duration at, std::string text) {
  if (notes_.size() < room_.comments)
    notes_.push_back({at, std::move(text)});
  else
    ++unsaid_;
}

void Capture::comment_latest(Duration at, std::string text) {
  if (!latest_) return comment(at, std::move(text));
  settle_notes(std::nullopt);  // those came before it
  say(*latest_, std::move(text));
}

void Capture::say(Latest& of, std::string text) const {
  if (of.comments.size() < room_.comments)
    of.comments.push_back(std::move(text));
  else
    ++of.unsaid;
}

/// Says of the latest packet what is nearer to it than to the next one; without one, all.
void Capture::settle_notes(std::optional<Duration> next) {
  if (!latest_) return;
  const auto first_of_next =
      !next ? notes_.end() : std::find_if(notes_.begin(), notes_.end(), [&](const Note& note) {
        return *next - note.at < note.at - latest_->at;
      });
  for (auto note = notes_.begin(); note != first_of_next; ++note)
    say(*latest_, std::move(note->text));
  notes_.erase(notes_.begin(), first_of_next);
}

void Capture::finish_latest() {
  if (!latest_) return;
  Latest& latest = *latest_;
  if (latest.unsaid > 0)
    latest.comments.push_back(fmt::format("{} more comments are left out here", latest.unsaid));
  const Bytes block =
      capture::packet({static_cast<std::uint32_t>(latest.side), latest.at, latest.bytes,
                       latest.size, latest.way, std::move(latest.comments)});
  used_ += block.size();
  append(chunk_.bytes, block);
  ++chunk_.packets.at(static_cast<std::size_t>(latest.side));
  latest_.reset();
}

void Capture::secret(std::string_view line) {
  if (secrets_.size() + line.size() + 1 > room_.secrets) {
    ++secrets_left_out_;
    return;
  }
  secrets_ += line;
  secrets_ += '\n';
}

Capture::Chunk Capture::take() { return std::exchange(chunk_, {}); }

void Capture::lost(const Chunk& chunk) {
  for (std::size_t side = 0; side < counts_.size(); ++side)
    counts_.at(side).lost += chunk.packets.at(side);
}

void Capture::end() {
  settle_notes(std::nullopt);
  if (latest_) latest_->unsaid += std::exchange(unsaid_, 0);
  finish_latest();
}

Bytes Capture::head(const Section& section, const std::vector<Name>& names) const {
  Bytes head = section_header(section);
  append(head, interface_description({"client side",
                                      "where the client's packets enter the link, "
                                      "and the server's leave it"}));
  append(head, interface_description({"server side",
                                      "where the server's packets enter the link, "
                                      "and the client's leave it"}));
  if (!names.empty()) append(head, name_resolution(names));
  if (!secrets_.empty()) append(head, tls_secrets(secrets_));
  return head;
}

std::string Capture::left_out(const Counts& counts) const {
  std::string text;
  const auto add = [&](std::uint64_t count, const std::string& what) {
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : "; ", count, what);
  };
  add(counts.without_room, fmt::format("packets are left out: there is room for {} bytes of them "
                                       "in one run",
                                       room_.packets));
  add(counts.cut, fmt::format("packets are cut to {} bytes", room_.cut));
  add(counts.lost, "packets are left out: the disk was too slow");
  add(secrets_left_out_, "lines of secrets are left out");
  return text;
}

Bytes Capture::tail(Duration ended) const {
  Bytes tail;
  for (std::uint32_t side = 0; side < counts_.size(); ++side) {
    const Counts& counts = counts_.at(side);
    append(tail, interface_statistics({side, began_, ended, counts.seen,
                                       counts.without_room + counts.lost, left_out(counts)}));
  }
  return tail;
}

}  // namespace halfopen::capture
