// What the loader makes of a scenario without mistakes.
#include <catch2/catch.hpp>
#include <string>

#include "scenario/loader.h"

using namespace halfopen;
using namespace halfopen::scenario;
using namespace std::chrono_literals;

namespace {

/// Loads `text` behind an `about` and in front of an [expect] table.
Scenario load(const std::string& text, const std::string& expect = "attempts = 1") {
  const std::string whole = "about = \"A test.\"\n" + text + "\n[expect]\n" + expect + "\n";
  const auto loaded = load_scenario(whole, "scenarios/drops/test.toml");
  for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(render(diagnostic, whole));
  REQUIRE(loaded.value);
  return *loaded.value;
}

template <class T>
T step(const std::string& text) {
  const Scenario scenario = load("[[attempt]]\nsteps = [" + text + "]");
  REQUIRE(scenario.attempts.at(0).steps.size() == 1);
  REQUIRE(std::holds_alternative<T>(scenario.attempts[0].steps[0].body));
  return std::get<T>(scenario.attempts[0].steps[0].body);
}

}  // namespace

TEST_CASE("a scenario is named after its path below the last folder called scenarios") {
  CHECK(scenario_name("scenarios/drops/reset.toml") == "drops/reset");
  CHECK(scenario_name("/a/scenarios/b/scenarios/c.toml") == "c");
  CHECK(scenario_name("my-scenarios/c.toml") == "my-scenarios/c");
  CHECK(scenario_name("c.toml") == "c");
  CHECK(scenario_name("c") == "c");
  CHECK(scenario_name("/home/somebody/work/tests/cases/c.toml") == "cases/c");
  CHECK(scenario_name("../c.toml") == "c");
  CHECK(scenario_name("/c.toml") == "c");
}

TEST_CASE("a key of endless parts is refused before it exhausts the stack") {
  std::string key = "a";
  for (int i = 0; i < 500'000; ++i) key += ".a";
  const auto loaded = load_scenario("about = \"x\"\n" + key + " = 1\n", "t.toml");
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].place == Place{2, 2000});
  CHECK(loaded.diagnostics[0].message == "a key has at most 1000 parts");
}

TEST_CASE("what is left out has its default") {
  const Scenario scenario = load("");
  CHECK(scenario.name == "drops/test");
  CHECK(scenario.server.host == "server.test");
  CHECK(scenario.server.path == "/");
  CHECK_FALSE(scenario.server.tls);
  CHECK_FALSE(scenario.page.required);
  CHECK(scenario.link == link::Link{});
  CHECK(scenario.attempts.empty());
  CHECK(scenario.expect.within.value == 30s);
  CHECK(scenario.expect.settle == 3s);
  CHECK_FALSE(scenario.expect.gives_up);
}

TEST_CASE("the server, the page and the kernel") {
  const Scenario scenario = load(
      "tags = [\"a\"]\nmutants = [\"b\", \"c\"]\n"
      "server = { tls = true, host = \"a.test\", path = \"/x?y=1\" }\n"
      "page = { scheme = \"https\", html = \"<p>\" }\nkernel = { tcp_syn_retries = 2 }");
  CHECK(scenario.tags == std::vector<std::string>{"a"});
  CHECK(scenario.mutants == std::vector<std::string>{"b", "c"});
  CHECK(scenario.server.tls);
  CHECK(scenario.server.host == "a.test");
  CHECK(scenario.server.path == "/x?y=1");
  CHECK(scenario.page.required);
  CHECK(scenario.page.https);
  CHECK(scenario.page.html == "<p>");
  CHECK(scenario.kernel == std::map<std::string, int>{{"tcp_syn_retries", 2}});
}

TEST_CASE("a profile sets both directions, other keys override it, up and down override both") {
  const link::Link link =
      load("[link]\nprofile = \"3g\"\nloss = \"2%\"\nup = { loss = \"5%\", delay = \"1s\" }").link;
  CHECK(link.profile == "3g");
  CHECK(link.down.delay == 150ms);
  CHECK(link.down.rate == 1.6e6);
  CHECK(link.up.rate == 768e3);
  CHECK(link.up.delay == 1s);
  CHECK(link.up.loss == link::Loss{link::Bernoulli{0.05}});
  CHECK(link.down.loss == link::Loss{link::Bernoulli{0.02}});
}

TEST_CASE("loss is a share, bursts or outages") {
  const auto loss = [](const std::string& text) {
    return load("[link]\nloss = " + text).link.up.loss;
  };
  CHECK(loss("\"0%\"") == link::Loss{link::NoLoss{}});
  CHECK(loss("\"3%\"") == link::Loss{link::Bernoulli{0.03}});
  CHECK(loss("{ p = \"1%\", r = 0.25 }") == link::Loss{link::GilbertElliott{0.01, 0.25, 1, 0}});
  CHECK(loss("{ p = 0.02, r = 0.1, bad = \"70%\", good = 0.001 }") ==
        link::Loss{link::GilbertElliott{0.02, 0.1, 0.7, 0.001}});
  CHECK(loss("{ on = \"5s\", off = \"2s\" }") == link::Loss{link::Outages{5s, 2s}});
}

TEST_CASE("attempts are consumed in order, and the rest gets the default") {
  const Scenario scenario = load(
      "[[attempt]]\nport = \"closed\"\n[[attempt]]\ntimes = 2\nport = \"filtered\"\n"
      "[[attempt]]\nhandshake = 503\n");
  CHECK(attempt_for(scenario, 1)->port->fault->name == "closed");
  CHECK(attempt_for(scenario, 2)->port->fault->name == "filtered");
  CHECK(attempt_for(scenario, 3)->port->fault->name == "filtered");
  CHECK(attempt_for(scenario, 4)->handshake.status == 503);
  CHECK(attempt_for(scenario, 5) == nullptr);
}

TEST_CASE("times = \"rest\" takes all that are left") {
  const Scenario scenario = load("[[attempt]]\n[[attempt]]\ntimes = \"rest\"\nport = \"closed\"");
  CHECK_FALSE(attempt_for(scenario, 1)->has_steps);
  CHECK(attempt_for(scenario, 2)->port.has_value());
  CHECK(attempt_for(scenario, 1000)->port.has_value());
}

TEST_CASE("a handshake is a fault, a status, never, or a table") {
  const auto handshake = [](const std::string& text) {
    return load("[[attempt]]\nhandshake = " + text).attempts.at(0).handshake;
  };
  CHECK(handshake("\"wrong-accept\"").fault->fault->name == "wrong-accept");
  CHECK(handshake("{ fault = \"wrong-accept\" }").fault->fault->name == "wrong-accept");
  CHECK(handshake("404").status == 404);
  CHECK(handshake("\"never\"").never);
  CHECK(handshake("{ raw = \"SSH\\r\\n\" }").raw == "SSH\r\n");
  const Handshake whole = handshake(
      "{ status = 429, reason = \"Slow\", headers = { Retry-After = \"20\", Upgrade = \"\" }, "
      "body = \"no\", delay = \"1s\", drip = \"10ms\", protocol = \"chat\" }");
  CHECK(whole.status == 429);
  CHECK(whole.reason == "Slow");
  CHECK(whole.headers ==
        std::vector<std::pair<std::string, std::string>>{{"Retry-After", "20"}, {"Upgrade", ""}});
  CHECK(whole.body == "no");
  CHECK(whole.delay == 1s);
  CHECK(whole.drip == 10ms);
  CHECK(whole.protocol == "chat");
}

TEST_CASE("subprotocols are tokens, and keep their order") {
  const auto offered = [](const std::string& text) { return load(text).server.protocols; };
  CHECK(offered("").empty());
  CHECK(offered("[server]\nprotocols = [\"chat.v2\", \"chat.v1\", \"!#$%&'*+-.^_`|~\"]") ==
        std::vector<std::string>{"chat.v2", "chat.v1", "!#$%&'*+-.^_`|~"});
}

TEST_CASE("a fault has the given parameters and the defaults of the others") {
  for (const std::string text :
       {"{ drop = \"mid-frame\", sent = 5 }", "{ drop = { fault = \"mid-frame\", sent = 5 } }"}) {
    const faults::Use use = step<FaultStep>(text).fault;
    CHECK(use.fault->name == "mid-frame");
    CHECK(use.arguments.at("sent") == faults::Value{std::int64_t{5}});
    CHECK(use.arguments.at("length") == faults::Value{std::int64_t{64}});
    CHECK(use.arguments.at("end") == faults::Value{std::string("reset")});
  }
}

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

TEST_CASE("a change of the link starts from the scenario's own link") {
  const Scenario scenario = load(
      "[link]\ndelay = \"40ms\"\n[[at]]\ntime = \"1s\"\nlink = { loss = \"30%\", state = \"up\" "
      "}\n[[at]]\ntime = \"2s\"\nlink = \"down\"\n[[at]]\ntime = \"3s\"\nlink = {}");
  const link::Change& lossy = *scenario.at.at(0).link;
  CHECK(lossy.up->delay == 40ms);
  CHECK(lossy.down->loss == link::Loss{link::Bernoulli{0.3}});
  CHECK(lossy.state == link::State::up);
  CHECK(lossy.text == "loss 30%, up");
  const link::Change& down = *scenario.at.at(1).link;
  CHECK(down.state == link::State::down);
  CHECK_FALSE(down.up);
  CHECK(down.text == "down");
  CHECK(scenario.at.at(2).link->up == scenario.link.up);
  CHECK(scenario.at.at(2).link->text == "as at the start");
}

TEST_CASE("a middlebox is a part of the link, and a change starts from it") {
  const Scenario scenario = load(
      "[link]\nidle = \"5s\"\nmtu = 1200\n[[at]]\ntime = \"1s\"\n"
      "link = { mtu = { size = 1300, icmp = false } }\n[[at]]\ntime = \"2s\"\nlink = \"rebind\"\n"
      "[[at]]\ntime = \"3s\"\nlink = \"blackhole-down\"");
  CHECK(scenario.link.middlebox ==
        link::Middlebox{link::Idle{5s, link::Idle::How::forget}, link::LargestPacket{1200, true}});
  const link::Change& changed = *scenario.at.at(0).link;
  CHECK(changed.middlebox->idle == scenario.link.middlebox.idle);
  CHECK(changed.middlebox->largest == link::LargestPacket{1300, false});
  const link::Change& rebind = *scenario.at.at(1).link;
  CHECK(rebind.rebind);
  CHECK_FALSE(rebind.state);
  CHECK(rebind.text == "rebind");
  CHECK(scenario.at.at(2).link->state == link::State::blackhole_down);
}

TEST_CASE("the server's limit on connections, and how it reads and writes") {
  const Scenario scenario = load(
      "[server]\nconnections = { most = 3, then = \"503\", held = \"2s\" }\n"
      "[[attempt]]\nsteps = [{ read = \"10kB/s\" }, { read = \"nothing\" }, { read = \"all\" }, "
      "{ write = \"bytewise\" }, { tell = \"send\", text = \"x\", times = 5, size = 100 }]\n"
      "[[at]]\ntime = \"1s\"\nlink = \"readdress\"");
  const ConnectionLimit& limit = *scenario.server.connections;
  CHECK(limit.most == 3);
  CHECK(limit.then == ConnectionLimit::Then::unavailable);
  CHECK(limit.held == 2s);
  const auto& steps = scenario.attempts.at(0).steps;
  CHECK(std::get<ReadStep>(steps.at(0).body).rate == 80'000);
  CHECK(std::get<ReadStep>(steps.at(1).body).rate == 0);
  CHECK_FALSE(std::get<ReadStep>(steps.at(2).body).rate);
  CHECK(std::get<WriteStep>(steps.at(3).body).bytewise);
  CHECK(std::get<TellStep>(steps.at(4).body).tell.times == 5);
  CHECK(std::get<TellStep>(steps.at(4).body).tell.size == 100);
  CHECK(scenario.at.at(0).link->readdress);
  CHECK_FALSE(scenario.at.at(0).link->state);
  const Scenario plain = load("[server]\nconnections = 2");
  CHECK(plain.server.connections->most == 2);
  CHECK(plain.server.connections->then == ConnectionLimit::Then::refuse);
}

TEST_CASE("what happens by the clock and what reacts to the client") {
  const Scenario scenario = load(
      "[[at]]\ntime = \"5s\"\nclient = \"freeze\"\n"
      "[[when]]\nevent = \"close\"\nnth = 2\ntell = \"send\"\ntext = \"hi\"");
  CHECK(scenario.at.at(0).time == 5s);
  CHECK(scenario.at.at(0).freeze == true);
  CHECK(scenario.when.at(0).event == "close");
  CHECK(scenario.when.at(0).nth == 2);
  CHECK(scenario.when.at(0).tell->action == "send");
  CHECK(scenario.when.at(0).tell->fields.at("text") == "hi");
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

TEST_CASE("expectations, each with its place") {
  const Expect expect = load("", R"(attempts = "3..5"
gaps = ["..5s", "1s.."]
growing = true
within = "1m"
settle = "2s"
opens = 1
closes_with = { code = [1002, 1007], attempt = 2 }
client = { close = { code = 1006, clean = false }, open = { count = "1..2" }, message = false, error = { text = "x+" }, exit = 0, output = "y" }
waive = ["no-hot-loop"])")
                            .expect;
  CHECK(expect.attempts->value == CountRange{3, 5});
  CHECK(expect.attempts->place == Place{4, 12});
  REQUIRE(expect.gaps.size() == 2);
  CHECK(expect.gaps[0].value == DurationRange{0s, 5s});
  CHECK(expect.gaps[1].value == DurationRange{1s, forever});
  CHECK(expect.growing->value);
  CHECK(expect.within.value == 1min);
  CHECK(expect.settle == 2s);
  CHECK(expect.opens->value == CountRange{1, 1});
  CHECK(expect.closes_with->value.codes == std::vector{1002, 1007});
  CHECK(expect.closes_with->value.attempt == 2);
  REQUIRE(expect.client_events.size() == 4);
  CHECK(expect.client_events[0].code == 1006);
  CHECK(expect.client_events[0].clean == false);
  CHECK(expect.client_events[1].count == CountRange{1, 2});
  CHECK(expect.client_events[2].count == CountRange{0, 0});
  CHECK(expect.client_events[3].text == "x+");
  CHECK(expect.exit_code->value == 0);
  CHECK(expect.output->value == "y");
  CHECK(expect.waive.at(0).value == "no-hot-loop");
}

TEST_CASE("a short run settles within itself") {
  CHECK(load("", "attempts = 1\nwithin = \"2s\"").expect.settle == 1s);
}

TEST_CASE("several conditions of one event, each with its attempt and time") {
  const Expect expect =
      load(
          "",
          R"(client = { close = [{ code = 1006, count = 2 }, { code = 1000, count = 0 }], error = { text = "offline", by = "5s", attempt = 2 } })")
          .expect;
  REQUIRE(expect.client_events.size() == 3);
  CHECK(expect.client_events[0].code == 1006);
  CHECK(expect.client_events[1].code == 1000);
  CHECK(expect.client_events[1].count == CountRange{0, 0});
  CHECK(expect.client_events[1].place > expect.client_events[0].place);
  CHECK(expect.client_events[2].by == 5s);
  CHECK(expect.client_events[2].attempt == 2);
  CHECK_FALSE(expect.client_events[0].by);
}

TEST_CASE("what the client is to send") {
  const Expect expect =
      load(
          "",
          R"(messages = [{ regex = "heartbeat", attempt = 4, count = "..8" }, { text = "sub" }, { hex = "00" }])")
          .expect;
  REQUIRE(expect.messages.size() == 3);
  CHECK(std::get<RegexMatch>(expect.messages[0].match).pattern == "heartbeat");
  CHECK(expect.messages[0].attempt == 4);
  CHECK(expect.messages[0].count == CountRange{0, 8});
  CHECK(std::get<TextMatch>(expect.messages[1].match).text == "sub");
  CHECK(expect.messages[1].count == CountRange{1, no_limit});
  CHECK_FALSE(expect.messages[1].attempt);
  CHECK(load("", "messages = { any = true, count = 0 }").expect.messages.size() == 1);
}

TEST_CASE("a curve of gaps, and how long it takes to recover") {
  const auto curve = [](const std::string& text) {
    return load("", "curve = " + text).expect.curve.value().value;
  };
  const Curve full = curve(R"({ base = "500ms", factor = 1.5, cap = "30s", jitter = "full" })");
  CHECK(full.base == 500ms);
  CHECK(full.factor == 1.5);
  CHECK(full.cap == 30s);
  CHECK(full.jitter == Curve::Jitter::full);
  const Curve plain = curve(R"({ base = "1s" })");
  CHECK(plain.factor == 2);
  CHECK(plain.cap == forever);
  CHECK(plain.jitter == Curve::Jitter::none);
  CHECK(curve(R"({ base = "1s", jitter = "equal" })").jitter == Curve::Jitter::equal);
  CHECK(curve(R"({ base = "1s", jitter = "decorrelated" })").jitter == Curve::Jitter::decorrelated);
  CHECK(curve(R"({ base = "1s", jitter = "20%" })").jitter == Curve::Jitter::share);
  CHECK(curve(R"({ base = "1s", jitter = "20%" })").share == 0.2);
  CHECK(load("", "recovers = \"..10s\"").expect.recovers->value == DurationRange{0s, 10s});
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

TEST_CASE("one range of gaps holds for every gap") {
  const Expect expect = load("", "gaps = \"1s..3s\"").expect;
  CHECK(expect.gaps.empty());
  CHECK(expect.every_gap->value == DurationRange{1s, 3s});
}

TEST_CASE("a table with `on` holds for its attempts, the others take their turn on what is left") {
  const auto steps_of = [](const Scenario& scenario, int number) {
    const Attempt* attempt = attempt_for(scenario, number);
    return attempt == nullptr ? std::size_t{99} : attempt->steps.size();
  };
  const std::string one = "steps = [{ wait = \"1ms\" }]\n";
  const std::string two = "steps = [{ wait = \"1ms\" }, { wait = \"1ms\" }]\n";
  const std::string named = "[[attempt]]\non = [2, 5]\nsteps = []\n";
  const std::string in_turn = "[[attempt]]\ntimes = 2\n" + one + "[[attempt]]\ntimes = \"rest\"\n";
  // Where the named ones stand in the file does not matter.
  for (const std::string& text : {named + in_turn + two, in_turn + two + named}) {
    const Scenario scenario = load(text);
    std::vector<std::size_t> seen;
    for (int number = 1; number <= 7; ++number) seen.push_back(steps_of(scenario, number));
    CHECK(seen == std::vector<std::size_t>{1, 0, 1, 2, 0, 2, 2});
  }
  const Scenario alone = load("[[attempt]]\non = 3\n" + one);
  CHECK(steps_of(alone, 2) == 0);  // accepted and echoed
  CHECK_FALSE(attempt_for(alone, 2)->has_steps);
  CHECK(steps_of(alone, 3) == 1);
  CHECK(steps_of(alone, 4) == 99);
}

TEST_CASE("a setting of the client's kernel is kept by its name") {
  const Scenario scenario = load("[kernel]\ntcp_window_scaling = 0", "attempts = 1");
  CHECK(scenario.kernel == std::map<std::string, int>{{"tcp_window_scaling", 0}});
}
