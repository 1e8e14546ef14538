#include "io/net/closer.h"

#include "base/error.h"
#include "io/net/message.h"

namespace halfopen::io {

void run_closer(int channel) {
  while (receive(channel, Wait::yes).arrival != Arrival::closed) {
    // What was received is closed by going.
  }
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
