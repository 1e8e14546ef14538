// The packets that a client's kernel, or a client with a raw socket, puts on the link.
#include <cstdlib>

#include "link/flow.h"
#include "link/packet.h"

using namespace halfopen;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const ByteView packet(data, size);
  const auto segment = link::read_segment(packet);
  if (!segment) return 0;
  if (segment->payload_offset + segment->payload_size > size) std::abort();
  (void)link::reset_for(*segment);
  (void)link::unreachable_for(packet, *segment);
  Bytes copy(packet.begin(), packet.end());
  link::corrupt(copy, *segment, size);
  if (copy.size() != size) std::abort();
  link::HalfFlow flow;
  (void)flow.identify(*segment, 1);
  flow.delivered(*segment);
  return 0;
}
