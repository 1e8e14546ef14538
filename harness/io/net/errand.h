// An errand: work that is done in a forked process of its own, because it changes the process for
// good (namespaces) or because it may fail half-way. It answers with one message.
#pragma once

#include <sys/types.h>

#include <functional>
#include <vector>

#include "base/descriptor.h"
#include "io/net/message.h"

namespace halfopen::io {

struct Errand {
  pid_t process = 0;
  Descriptor answer;  ///< Readable when the answer is there (or the process died without one).
};

/// Starts the work; an Error that it throws becomes a problem_message. It inherits the descriptors
/// in `keep` and no others.
[[nodiscard]] Errand start_errand(const std::function<Message()>& work, std::vector<int> keep);

/// The answer; waits for it.
[[nodiscard]] Message answer_of(const Errand& errand);

}  // namespace halfopen::io
