// The lines that a client prints.
#include <string_view>

#include "run/client_report.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  (void)halfopen::run::read_report({reinterpret_cast<const char*>(data), size});
  return 0;
}
