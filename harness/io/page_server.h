// Serves one HTML page over http or https, for clients that are browsers. It is no part of what is
// tested: it answers everything correctly.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "crypto/tls.h"
#include "io/loop/acceptor.h"
#include "io/loop/stream.h"
#include "run/inside.h"

namespace halfopen::io {

class PageServer {
 public:
  /// `identity` null: http. `inside` is told each time that the page was sent.
  PageServer(Loop& loop, Descriptor listener, std::shared_ptr<const crypto::Identity> identity,
             std::string html, run::Inside& inside);
  ~PageServer();

 private:
  class Visit;

  void visited(Descriptor socket);

  Loop& loop_;
  std::shared_ptr<const crypto::Identity> identity_;
  std::string html_;
  run::Inside& inside_;
  std::map<int, std::shared_ptr<Visit>> visits_;
  int next_visit_ = 0;
  Acceptor acceptor_;
};

}  // namespace halfopen::io
