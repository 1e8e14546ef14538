#include "link/flow.h"

#include "link/counting.h"

namespace halfopen::link {
namespace {

using Kind = DropRule::Kind;

/// The largest window there is (RFC 7323, 2.3): nothing valid lies further from the rest.
constexpr std::int64_t widest_window = std::int64_t{1} << 30;

}  // namespace

void HalfFlow::begin(const Segment& segment) {
  *this = HalfFlow{};
  begun_ = true;
  initial_ = segment.sequence + (segment.syn ? 1U : 0U);
}

std::optional<std::uint64_t> HalfFlow::offset_of(std::uint32_t sequence) const {
  // Serial number arithmetic (RFC 1982) around the highest byte sent so far.
  const std::uint64_t reference = sent_.highest();
  const auto ahead =
      static_cast<std::int32_t>(sequence - (initial_ + static_cast<std::uint32_t>(reference)));
  const std::int64_t offset = static_cast<std::int64_t>(reference) + ahead;
  if (offset < 0 || ahead > widest_window || ahead < -widest_window) return std::nullopt;
  return static_cast<std::uint64_t>(offset);
}

bool HalfFlow::is_probe(const Segment& segment) const {
  const auto offset = offset_of(segment.sequence);
  if (!offset) return true;
  if (fin_ && *offset >= *fin_) return true;
  return segment.payload_size == 1 && *offset + 1 == sent_.highest() && !sent_.begins_at(*offset);
}

Kind HalfFlow::kind_of(const Segment& segment) const {
  if (segment.rst) return Kind::rst;
  if (segment.syn) return segment.ack ? Kind::syn_ack : Kind::syn;
  if (segment.payload_size > 0 && !is_probe(segment)) return Kind::data;
  return segment.fin ? Kind::fin : Kind::ack;
}

Identity HalfFlow::identify(const Segment& segment, int attempt) {
  const bool other_connection = segment.syn && initial_ != segment.sequence + 1;
  if (!segment.rst && (!begun_ || other_connection)) begin(segment);
  Identity identity;
  identity.attempt = attempt;
  identity.kind = kind_of(segment);
  identity.count = count_up(count_);
  const auto offset = offset_of(segment.sequence);
  if (segment.fin) {
    identity.fin = count_up(fins_);
    if (!fin_ && offset) fin_ = *offset + segment.payload_size;
  }
  if (identity.kind == Kind::data && offset) {
    const Sent::Transmission sent = sent_.send(*offset, *offset + segment.payload_size);
    identity.position = sent.position;
    identity.ordinal = sent.ordinal;
    identity.nth = sent.nth;
  } else {
    identity.ordinal = count_up(ordinals_[static_cast<std::size_t>(identity.kind)]);
    identity.nth = identity.ordinal;
  }
  return identity;
}

void HalfFlow::delivered(const Segment& segment) {
  if (segment.rst || !begun_) return;
  const auto offset = offset_of(segment.sequence + (segment.syn ? 1U : 0U));
  if (!offset) return;
  received_.add(*offset, *offset + segment.payload_size + (segment.fin ? 1U : 0U));
}

}  // namespace halfopen::link
