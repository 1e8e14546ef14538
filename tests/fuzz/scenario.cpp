// The scenario loader: any text is loaded or has a diagnostic whose place lies within it.
#include <cstdlib>
#include <string_view>

#include "base/diagnostic.h"
#include "scenario/loader.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto loaded = halfopen::scenario::load_scenario(text, "scenarios/fuzz.toml");
  if (loaded.value.has_value() != loaded.diagnostics.empty()) std::abort();
  for (const halfopen::Diagnostic& each : loaded.diagnostics) (void)render(each, text);
  if (loaded.value) (void)halfopen::scenario::explain(*loaded.value);
  return 0;
}
