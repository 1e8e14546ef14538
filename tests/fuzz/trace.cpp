// Saved traces: whatever is read is written again as it was.
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "trace/codec.h"

using namespace halfopen;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) try {
  const trace::Trace read = trace::read({reinterpret_cast<const char*>(data), size}, "fuzz.jsonl");
  const std::string written = trace::to_text(read);
  if (trace::to_text(trace::read(written, "again.jsonl")) != written) std::abort();
  return 0;
} catch (const Error&) {
  return 0;
}
