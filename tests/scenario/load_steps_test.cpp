// What the loader makes of steps.
#include "loaded.h"

using namespace halfopen;
using namespace halfopen::scenario;
using namespace std::chrono_literals;

TEST_CASE("steps that exchange messages") {
  CHECK(step<SendStep>("{ send = \"x\" }").text == "x");
  CHECK(step<SendStep>("{ send = \"x\", binary = true }").binary);
  const auto expect = step<ExpectStep>("{ expect = \"x\", within = \"2s\" }");
  CHECK(std::get<TextMatch>(expect.match).text == "x");
  CHECK(expect.within == 2s);
  CHECK(std::get<RegexMatch>(step<ExpectStep>("{ expect = { regex = \"^a\" } }").match).pattern ==
        "^a");
  CHECK(std::holds_alternative<AnyMessage>(step<ExpectStep>("{ expect = { any = true } }").match));
  const auto json = std::get<JsonMatch>(
      step<ExpectStep>("{ expect = { json = { t = \"a\\\"b\", n = 1, l = [true, 1.5], o = { x = "
                       "\"y\" } } } }")
          .match);
  CHECK(json.json == R"({"t":"a\"b","n":1,"l":[true,1.5],"o":{"x":"y"}})");
  CHECK(std::get<HexMatch>(step<ExpectStep>("{ expect = { hex = \"c0 00\" } }").match).bytes ==
        Bytes{0xc0, 0x00});
  const auto sent = step<SendStep>("{ send = { hex = \"c0 00\" } }");
  CHECK(sent.text == std::string("\xc0\x00", 2));
  CHECK(sent.binary);
  CHECK_FALSE(step<SendStep>("{ send = { hex = \"c0 00\" }, binary = false }").binary);
  CHECK(step<PingStep>("{ ping = \"p\", pong_within = \"1s\" }").pong_within == 1s);
  CHECK_FALSE(step<PingStep>("{ ping = \"p\" }").pong_within);
  CHECK(step<WaitStep>("{ wait = \"20s\" }").time == 20s);
}

TEST_CASE("steps that end a connection or bend the rules") {
  CHECK(step<CloseStep>("{ close = 1001, reason = \"bye\", finish = false }").reason == "bye");
  CHECK_FALSE(step<CloseStep>("{ close = true }").code);
  CHECK(step<ExpectCloseStep>("{ expect_close = 1000 }").code == 1000);
  CHECK_FALSE(step<ExpectCloseStep>("{ expect_close = true, within = \"1s\" }").code);
  CHECK(step<RawStep>("{ raw = \"\\u0081a\" }").bytes == Bytes{0xc2, 0x81, 'a'});
  CHECK(step<RawStep>("{ raw = { hex = \"81 05\" } }").bytes == Bytes{0x81, 0x05});
  const auto frame = step<FrameStep>(
      "{ frame = { opcode = \"ping\", fin = false, rsv = 4, masked = true, length_bits = 64, "
      "declared_length = \"64KiB\", payload_hex = \"c328\" } }");
  CHECK(frame.opcode == 9);
  CHECK_FALSE(frame.fin);
  CHECK(frame.rsv == 4);
  CHECK(frame.masked);
  CHECK(frame.length_bits == 64);
  CHECK(frame.declared_length == 65536);
  CHECK(frame.payload == Bytes{0xc3, 0x28});
}

TEST_CASE("an action of the client's own takes fields of its own, with any value") {
  const Scenario scenario = load(
      "[[attempt]]\nsteps = [{ tell = \"log-in\", user = \"bob\", time = 1.5, "
      "rooms = [1, \"x\"], options = { fast = true }, where = \"header\", optional = true }]\n"
      "[[at]]\ntime = \"1s\"\ntell = \"log-in\"\nuser = \"eve\"\n"
      "[[when]]\nevent = \"open\"\ntell = \"log-in\"\nuser = \"ann\"");
  const Tell& tell = std::get<TellStep>(scenario.attempts.at(0).steps.at(0).body).tell;
  CHECK(tell.own == std::map<std::string, std::string>{{"user", "\"bob\""},
                                                       {"time", "1.5"},
                                                       {"rooms", "[1,\"x\"]"},
                                                       {"options", "{\"fast\":true}"}});
  CHECK(tell.fields == std::map<std::string, std::string>{{"where", "header"}});
  CHECK(scenario.attempts.at(0).steps.at(0).optional);
  CHECK(scenario.at.at(0).tell->own.at("user") == "\"eve\"");
  CHECK(scenario.when.at(0).tell->own.at("user") == "\"ann\"");
}

TEST_CASE("steps that may fail, and those that are done many times") {
  const auto only = [](const std::string& step) {
    return load("[[attempt]]\nsteps = [" + step + "]", "attempts = 1").attempts.at(0).steps.at(0);
  };
  CHECK(only(R"({ expect = "x", optional = true })").optional);
  CHECK_FALSE(only(R"({ expect = "x" })").optional);
  CHECK(only(R"({ expect = "x", repeat = 24 })").repeat == 24);
  const Step sent = only(R"({ frame = { fin = false }, times = 1000000, every = "1ms" })");
  CHECK(sent.times == 1'000'000);
  CHECK(sent.every == 1ms);
}
