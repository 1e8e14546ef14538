// Messages between processes, also from those who should not send any.
#include "io/net/message.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>

#include "base/error.h"

using namespace halfopen;
using namespace halfopen::io;
using Catch::Matchers::Contains;

namespace {

/// Sends from another process; returns that one's id, which has ended.
pid_t send_from_elsewhere(int channel, const nlohmann::json& body) {
  const pid_t process = ::fork();
  if (process == 0) {
    send(channel, {body, {}}, Wait::yes);
    ::_exit(0);
  }
  ::waitpid(process, nullptr, 0);
  return process;
}

void send_bytes(int channel, const std::string& bytes) {
  REQUIRE(::send(channel, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
}

/// Room for `free` more descriptors, until it goes.
class FewDescriptors {
 public:
  explicit FewDescriptors(rlim_t free) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const Descriptor next(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const rlimit low{static_cast<rlim_t>(next.get()) + free, before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &low);
  }
  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;
  ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

Message with_descriptor(const nlohmann::json& body) {
  Message message{body, {}};
  message.descriptors.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  return message;
}

const std::string lost =
    "receive a message: Too many open files (raise the limit of open files: ulimit -n 4096)";

}  // namespace

TEST_CASE("the kernel says who sent a message, whatever the message says") {
  const Channel channel = make_channel();
  name_senders(channel.ours);
  const pid_t other = send_from_elsewhere(channel.theirs.get(), {{"init", 1}});
  CHECK(receive(channel.ours.get(), Wait::yes).sender == other);
}

TEST_CASE("a stranger's message is not looked at, and the next one is read") {
  const Channel channel = make_channel();
  name_senders(channel.ours);
  std::string nested(16'001, '\x91');  // arrays in arrays: a parser would need a deep stack
  nested[0] = 'i';
  send_bytes(channel.theirs.get(), nested);
  send(channel.theirs.get(), {{{"good", true}}, {}}, Wait::yes);
  const pid_t other = send_from_elsewhere(channel.theirs.get(), {{"exited", 0}});
  const int ours = channel.ours.get();
  CHECK_THROWS_WITH(receive(ours, Wait::yes, other), Contains("it comes from a stranger"));
  CHECK_THROWS_WITH(receive(ours, Wait::yes, other), Contains("it comes from a stranger"));
  CHECK(receive(ours, Wait::yes, other).message.body.contains("exited"));
}

TEST_CASE("what is no message is an Error, and the next one is read") {
  const Channel channel = make_channel();
  const std::string bytes = GENERATE(as<std::string>{}, "i", "i\xc1", "f", "x", "i\xdf\xff\xff");
  send_bytes(channel.theirs.get(), bytes);
  send(channel.theirs.get(), {{{"good", true}}, {}}, Wait::yes);
  CHECK_THROWS_AS(receive(channel.ours.get(), Wait::yes), Error);
  CHECK(receive(channel.ours.get(), Wait::yes).message.body.contains("good"));
}

TEST_CASE("a body that says that it is a terabyte takes no memory") {
  const Channel channel = make_channel();
  const Descriptor file(::memfd_create("huge", MFD_CLOEXEC));
  REQUIRE(::ftruncate(file.get(), off_t{1} << 40) == 0);
  const std::string packet = "f\x80";
  iovec part{const_cast<char*>(packet.data()), packet.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof control;
  cmsghdr* rights = CMSG_FIRSTHDR(&header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int));
  const int number = file.get();
  std::memcpy(CMSG_DATA(rights), &number, sizeof number);
  REQUIRE(::sendmsg(channel.theirs.get(), &header, 0) > 0);
  CHECK_THROWS_WITH(receive(channel.ours.get(), Wait::yes), Contains("it is too long"));
}

TEST_CASE("where there is no room for descriptors, whoever waits for the message is told") {
  const Channel channel = make_channel();
  send(channel.theirs.get(), with_descriptor({{"id", 7}}), Wait::yes);
  Received received;
  {
    const FewDescriptors few(0);
    received = receive(channel.ours.get(), Wait::yes);
  }
  CHECK(received.message.body["id"] == 7);
  CHECK(problem_of(received.message) == lost);
}

TEST_CASE("where there is no room for a long body, whoever waits for it is told") {
  const Channel channel = make_channel();
  send(channel.theirs.get(), {{{"id", 8}, {"text", std::string(100'000, 'x')}}, {}}, Wait::yes);
  Received received;
  {
    const FewDescriptors few(0);
    received = receive(channel.ours.get(), Wait::yes);
  }
  CHECK(received.message.body["id"] == 8);
  CHECK(problem_of(received.message) == lost);
}
