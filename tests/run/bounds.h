// What a hostile client sends, and how much of it the core holds.
#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "support/heap.h"

namespace halfopen::run {

using tests::in_use;

/// So many mebibytes at most have come to it since then.
bool grew_less_than(std::size_t mebibytes, std::size_t before);

Bytes repeated(const Bytes& what, int times);

}  // namespace halfopen::run
