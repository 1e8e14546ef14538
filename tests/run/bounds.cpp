#include "bounds.h"

namespace halfopen::run {

bool grew_less_than(std::size_t mebibytes, std::size_t before) {
  return in_use() < before + mebibytes * 1024 * 1024;
}

Bytes repeated(const Bytes& what, int times) {
  Bytes all;
  for (int i = 0; i < times; ++i) append(all, what);
  return all;
}

}  // namespace halfopen::run
