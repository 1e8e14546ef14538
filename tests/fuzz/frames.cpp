// The frame receive path: as a server or as a client, with compression or without, in pieces; no
// message is over the limit.
#include <algorithm>
#include <cstdlib>

#include "ws/receiver.h"

using namespace halfopen;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  constexpr std::size_t limit = 4096;
  if (size == 0) return 0;
  const ws::Role role = (data[0] & 0x80) != 0 ? ws::Role::server : ws::Role::client;
  const bool deflates = (data[0] & 0x40) != 0;
  const std::size_t piece = std::size_t{data[0] & 0x3fU} + 1;
  ws::Receiver receiver(role,
                        {nullptr,
                         [](const ws::Message& message) {
                           if (message.payload.size() > limit) std::abort();
                         }},
                        limit);
  if (deflates) receiver.allow_deflate({});
  for (ByteView rest = ByteView(data, size).subspan(1); !rest.empty();) {
    const ByteView part = rest.first(std::min(piece, rest.size()));
    receiver.feed(part);
    rest = rest.subspan(part.size());
  }
  return 0;
}
