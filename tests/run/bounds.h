// What a hostile client sends, and how much of it the core holds.
#pragma once

#include <cstddef>

#include "base/bytes.h"

namespace halfopen::run {

/// Bytes of heap in use. (Not resident memory: the sanitizers hold freed memory back.)
std::size_t in_use();

/// So many mebibytes at most have come to it since then.
bool grew_less_than(std::size_t mebibytes, std::size_t before);

Bytes repeated(const Bytes& what, int times);

}  // namespace halfopen::run
