// The HTTP request path: bytes in pieces, as the first byte says; what is complete has no problem.
#include <algorithm>
#include <cstdlib>

#include "ws/request.h"

using namespace halfopen;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = std::size_t{data[0]} + 1;
  ByteView rest = ByteView(data, size).subspan(1);
  ws::RequestReader reader;
  while (!rest.empty() && !reader.complete() && reader.problem().empty()) {
    const ByteView part = rest.first(std::min(piece, rest.size()));
    if (reader.feed(part) > part.size()) std::abort();
    rest = rest.subspan(part.size());
  }
  if (reader.complete() && !reader.problem().empty()) std::abort();
  if (reader.complete()) (void)ws::handshake_mistakes(reader.request());
  return 0;
}
