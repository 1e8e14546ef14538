// What a connection holds of what the client says, beside what all others hold.
#include "run/frame_reader.h"

#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

/// Counts the messages, and writes down what was too much.
class Listener final : public FrameListener {
 public:
  void message_begins() override {}
  void frame_came(const CameFrame&) override {}
  void message_came(const ws::Message&, const CameFrame&) override { ++messages; }
  void bytes_read(std::size_t) override {}
  [[nodiscard]] std::optional<std::uint64_t> bytes_to_strike() const override { return {}; }
  [[nodiscard]] bool is_reading() const override { return too_much.empty(); }
  void held_too_much(const std::string& of_what) override { too_much.push_back(of_what); }

  int messages = 0;
  Lines too_much;
};

/// One reader beside connections that together hold as much as is set.
struct Beside {
  scenario::Scenario scenario{};
  trace::Recorder recorder{{}, Time{}};
  FakeOutside outside{};
  Context context{scenario, recorder, outside};
  Share others{context.held->unfinished};
  Listener listener;
  FrameReader reader{context, 1, listener};

  Beside() { reader.start(std::nullopt); }
  void reads(ByteView bytes) {
    reader.new_turn();
    reader.read(bytes);
  }
};

Bytes message_of(std::size_t length) {
  return client_frame(ws::Opcode::binary, std::string(length, 'x'));
}

}  // namespace

TEST_CASE("room that is kept for the next message is given back before it counts as unfinished") {
  Beside one;
  one.reads(message_of(100'000));
  const std::size_t room = one.reader.receiver()->buffered();
  REQUIRE(room > Held::little);
  one.others.set(Held::most_unfinished - room / 2);
  one.reads(message_of(10));
  REQUIRE(one.listener.too_much.empty());
  CHECK(one.listener.messages == 2);
  CHECK(one.reader.receiver()->buffered() == 0);
  CHECK(one.context.held->unfinished == one.others.own());
}

TEST_CASE("a message that has begun is no such room") {
  Beside one;
  one.others.set(Held::most_unfinished - 50'000);
  const Bytes message = message_of(100'000);
  one.reads(ByteView(message).first(message.size() - 1));
  CHECK(one.listener.too_much == Lines{"unfinished messages"});
  CHECK(one.listener.messages == 0);
  CHECK(one.reader.receiver() == nullptr);
  CHECK(one.context.held->unfinished == one.others.own());
}
