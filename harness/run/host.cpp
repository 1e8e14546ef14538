#include "run/host.h"

namespace halfopen::run {

trace::Port Host::port_at(const link::Address& address, const faults::Resolution& resolution,
                          trace::Port usual) const {
  if (site_.places.is_other(address) == resolution.elsewhere) return usual;
  switch (resolution.left) {
    case faults::Resolution::Left::closed:
      return trace::Port::closed;
    case faults::Resolution::Left::filtered:
      return trace::Port::filtered;
    case faults::Resolution::Left::unreachable:
      return trace::Port::unreachable;
  }
  return usual;
}

}  // namespace halfopen::run
