#include "io/net/closer.h"

#include <thread>
#include <vector>

#include "base/error.h"
#include "io/net/message.h"

namespace halfopen::io {
namespace {

/// Closing waits for the kernel's grace periods, not for a processor: several at once cost no more
/// than one.
constexpr int threads = 8;

void close_all_that_comes(int channel) {
  try {
    while (receive(channel, Wait::yes).arrival != Arrival::closed) {
      // What was received is closed by going out of scope.
    }
  } catch (const Error&) {
    // Nothing more can be received: halfopen then closes by itself.
  }
}

}  // namespace

void run_closer(int channel) {
  std::vector<std::thread> others;
  for (int count = 1; count < threads; ++count) others.emplace_back(close_all_that_comes, channel);
  close_all_that_comes(channel);
  for (std::thread& other : others) other.join();
}

void close_through(int channel, Descriptor descriptor) {
  Message message;
  message.descriptors.push_back(std::move(descriptor));
  try {
    send(channel, message, Wait::no);
  } catch (const Error&) {
    // The closer is gone or cannot take it: it is closed here and now, which is slow and no harm.
  }
}

}  // namespace halfopen::io
