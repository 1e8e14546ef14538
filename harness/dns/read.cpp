// Reading queries: hostile bytes.
#include <fmt/format.h>

#include <algorithm>

#include "dns/message.h"

namespace halfopen::dns {
namespace {

// RFC 1035, section 2.3.4, and the head of section 4.1.1.
constexpr std::size_t head_size = 12;
constexpr std::size_t longest_label = 63;
constexpr std::size_t longest_name = 255;
constexpr std::uint8_t is_answer = 0x80;
constexpr std::uint8_t pointer = 0xc0;
constexpr std::uint16_t type_opt = 41;

/// Takes bytes off the front. Once something is missing it has failed, and gives zeros.
class Cursor {
 public:
  explicit Cursor(ByteView bytes) : bytes_(bytes) {}

  std::uint8_t byte() { return take(1) ? bytes_[at_ - 1] : std::uint8_t{0}; }
  std::uint16_t number() {
    if (!take(2)) return 0;
    return static_cast<std::uint16_t>(bytes_[at_ - 2] << 8U | bytes_[at_ - 1]);
  }
  ByteView bytes(std::size_t count) {
    return take(count) ? bytes_.subspan(at_ - count, count) : ByteView{};
  }
  [[nodiscard]] ByteView since(std::size_t begin) const {
    return bytes_.subspan(begin, at_ - begin);
  }
  void fail() { failed_ = true; }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  bool take(std::size_t count) {
    if (failed_ || count > bytes_.size() - at_) {
      failed_ = true;
      return false;
    }
    at_ += count;
    return true;
  }

  ByteView bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

void add_readable(std::string& name, ByteView label) {
  for (const std::uint8_t each : label) {
    const bool upper = each >= 'A' && each <= 'Z';
    const char c = static_cast<char>(upper ? each - 'A' + 'a' : each);
    if (c > ' ' && c < 0x7f && c != '.' && c != '\\')
      name += c;
    else
      name += fmt::format("\\{:03}", each);
  }
}

/// A name without compression.
std::string read_name(Cursor& in) {
  const std::size_t begin = in.at();
  std::string name;
  while (const std::uint8_t length = in.byte()) {
    const ByteView label = in.bytes(length);
    if (length > longest_label || in.at() - begin >= longest_name) in.fail();
    if (in.failed()) break;
    if (!name.empty()) name += '.';
    add_readable(name, label);
  }
  return name;
}

/// Past a name that may be compressed; the pointer is not followed.
void skip_name(Cursor& in) {
  while (const std::uint8_t length = in.byte()) {
    if (length >= pointer) {
      (void)in.byte();
      return;
    }
    if (length > longest_label) in.fail();
    (void)in.bytes(length);
  }
}

/// Whether one of the records behind the question is an OPT.
bool read_records(Cursor& in, std::size_t count) {
  bool found = false;
  for (std::size_t i = 0; i < count && !in.failed(); ++i) {
    skip_name(in);
    found = in.number() == type_opt || found;
    (void)in.bytes(6);  // class and TTL
    (void)in.bytes(in.number());
  }
  return found;
}

}  // namespace

std::optional<Query> read_query(ByteView message) {
  Cursor in(message);
  Query query;
  query.id = in.number();
  const std::uint16_t flags = in.number();
  query.opcode = flags >> 11U & 0xf;
  query.recursion_desired = (flags & 0x0100U) != 0;
  const std::uint16_t questions = in.number();
  const std::size_t records = std::size_t{in.number()} + in.number() + in.number();
  if ((flags >> 8U & is_answer) != 0 || questions != 1) return std::nullopt;
  query.name = read_name(in);
  query.type = in.number();
  (void)in.number();  // The class: the Internet's, or one that nobody uses.
  if (in.failed()) return std::nullopt;
  const ByteView question = in.since(head_size);
  query.question.assign(question.begin(), question.end());
  query.edns = read_records(in, records);
  if (in.failed()) return std::nullopt;
  return query;
}

Bytes complaint_about(ByteView message) {
  if (message.size() < head_size || (message[2] & is_answer) != 0) return {};
  Bytes complaint(message.begin(), message.begin() + head_size);
  complaint[2] |= is_answer;
  complaint[3] = rcode::format_error;
  std::fill(complaint.begin() + 4, complaint.end(), std::uint8_t{0});
  return complaint;
}

}  // namespace halfopen::dns
