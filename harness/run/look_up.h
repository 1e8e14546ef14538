// Which queries belong together: one look-up of a client's resolver library.
#pragma once

#include <string>
#include <vector>

#include "dns/message.h"

namespace halfopen::run {

/// A look-up asks each question once: A and AAAA, side by side or one after the other, for the name
/// and for its variants from the search list, by TCP what was truncated over UDP. The same question
/// with the same ID is one query, sent again. Any other repetition is the next look-up.
///
/// That holds for glibc (which keeps the ID when it repeats a query) and for all that take
/// `attempts:1` from resolv.conf: glibc itself, musl, Go, c-ares, Chromium.
class LookUp {
 public:
  /// Whether the query goes on with this look-up.
  [[nodiscard]] bool includes(const dns::Query& query, dns::Transport transport) const;
  void add(const dns::Query& query, dns::Transport transport);
  /// The client said that its attempt has failed: whatever comes is the next look-up.
  void close() { closed_ = true; }

 private:
  struct Asked {
    std::string name;
    std::uint16_t type = 0;
    dns::Transport transport = dns::Transport::udp;
    std::uint16_t id = 0;
    bool operator==(const Asked&) const = default;
  };
  std::vector<Asked> asked_;
  bool closed_ = false;
};

}  // namespace halfopen::run
