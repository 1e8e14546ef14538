// What a test does where the machine lacks something that it needs.
#pragma once

#include <string>

namespace halfopen::tests {

/// Says that a test, or a part of it, is left out, and why; the test then returns. With
/// HALFOPEN_FORBID_SKIPS=1 in the environment that is a failure: continuous integration, which sets
/// it (.ci/run), must not be green for what it did not try.
void skip(const std::string& why);

}  // namespace halfopen::tests
