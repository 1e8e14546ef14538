// How abilities are said in one line.
#include "io/net/broker.h"

namespace halfopen::io {

std::string Abilities::summary() const {
  if (!packet_link()) return "no namespaces";
  return std::string(root ? "root" : "user namespaces") + (tun ? ", tun" : ", veth");
}

}  // namespace halfopen::io
