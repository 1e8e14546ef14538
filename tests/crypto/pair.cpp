#include "pair.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "base/descriptor.h"
#include "base/error.h"

namespace halfopen::crypto {
namespace {

bool move_bytes(Tls& from, Tls& to, Bytes& plain, std::size_t piece) {
  const Bytes bytes = from.take_output();
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    to.received(ByteView(bytes).subspan(at, std::min(piece, bytes.size() - at)), plain);
  }
  return !bytes.empty();
}

}  // namespace

TemporaryFile::TemporaryFile(const std::string& text) {
  std::string name = "/tmp/halfopen-test-XXXXXX";
  const Descriptor file(check_system("make a file", ::mkstemp(name.data())));
  check_system("write a file", ::write(file.get(), text.data(), text.size()));
  path_ = name;
}

TemporaryFile::~TemporaryFile() { ::unlink(path_.c_str()); }

Pair::Pair(const Authority& trusted, const std::string& host, const Authority& signer,
           const std::string& shown)
    : client(Tls::client(TemporaryFile(trusted.pem()).path(), host)),
      server(Tls::server(signer.issue({shown}))) {}

void Pair::exchange(std::size_t piece) {
  client.start();
  bool moved = true;
  while (moved) {
    moved = move_bytes(client, server, at_server, piece);
    moved = move_bytes(server, client, at_client, piece) || moved;
  }
}

}  // namespace halfopen::crypto
