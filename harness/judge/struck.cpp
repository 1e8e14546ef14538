#include "judge/struck.h"

namespace halfopen::judge {

const faults::Fault* fault_of(const trace::FaultStruck& struck) {
  const std::string_view layer = trace::layer_names.at(static_cast<std::size_t>(struck.layer));
  for (const faults::Layer each : faults::layers)
    if (faults::key_of(each) == layer) return faults::find(each, struck.name);
  return nullptr;
}

}  // namespace halfopen::judge
