// The timeline of a run, one golden text for each kind of outcome.
#include "report/columns.h"
#include "runs.h"

using namespace halfopen;
using namespace halfopen::report;

namespace {

const std::string head = R"(drops/reset
  The server resets, refuses once, and is back.
  client CLIENT, link packet (asked for), seed 42

)";

const std::string first_two = R"(     0.000 s  started reference ws://server.test/
┌ attempt 1
│    0.005 s  SYN from 192.0.2.10:41234
│    0.005 s  client → syn, lost
│    1.005 s  client → syn again (2)
│    1.006 s  connected
│    1.007 s  GET /
│    1.007 s  answered 101
│    1.007 s  open
│    1.008 s  server → text "welcome"
│    1.008 s  ✓ send "welcome"
│    1.009 s  client says open
│    1.009 s  client → text "hello"
│    1.009 s  ✓ expect "hello" within 2s
│    1.009 s  fault reset: cuts the connection with RST
│    1.010 s  the client sees its end by RST
│    1.011 s  client says close 1006
└
  ┆ gap 1.50 s
┌ attempt 2
│    2.510 s  SYN from 192.0.2.10:41236, to a closed port
│    2.511 s  the client sees its end by RST
└
)";

const std::string slow_gap = R"(  ✕ gaps[2] (line 12)
    expected  1s..3s
    seen      gap 2 was 4.99 s (attempt 2 ended at 2.51 s by RST, attempt 3 began at 7.50 s)
    attempt   3
)";

std::string head_of(const std::string& client) {
  std::string text = head;
  return text.replace(text.find("CLIENT"), 6, client);
}

std::string replay(const std::string& client) {
  return "  replay: halfopen run scenarios/drops/reset.toml --client " + client +
         " --seed 42 --link packet\n";
}

}  // namespace

TEST_CASE("timeline of a pass") {
  CHECK(timeline(passing(), {}) == head_of("reference") + first_two + R"(  ┆ gap 2.19 s
┌ attempt 3
│    4.700 s  SYN from 192.0.2.10:41238
│    4.701 s  connected
│    4.702 s  GET /
│    4.702 s  answered 101
│    4.702 s  open
│    4.710 s  client → text "x" ×3, 300B
│    5.702 s  the run is over: settled
└

✓ pass
)" + replay("reference"));
}

TEST_CASE("timeline of a failure: what was expected, what was seen, and how to see it again") {
  CHECK(timeline(failing(), {}) == head_of("slow") + first_two + R"(  ┆ gap 4.99 s
┌ attempt 3
│    7.500 s  SYN from 192.0.2.10:41238
│    7.501 s  open
│    8.501 s  the run is over: settled
└

✕ fail
)" + slow_gap + replay("slow"));
}

TEST_CASE("timeline of a run in which halfopen was late") {
  CHECK(timeline(late(), {}) == head_of("starved") + first_two + R"(  ┆ gap 4.99 s
┌ attempt 3
│    7.500 s  SYN from 192.0.2.10:41238
│    7.501 s  open
│    8.000 s  halfopen itself was late by 2.50 s
│    8.501 s  the run is over: settled
└

~ inconclusive: halfopen itself was late: 2.50 s in all, the longest 2.50 s at 8.00 s; run it on a
                quieter machine or with fewer --jobs
)" + slow_gap + replay("starved"));
}

TEST_CASE("timeline of a run that is not to be had") {
  CHECK(timeline(unsupported(), {}) ==
        head_of("article") + R"(     0.000 s  the stream link cannot close a port
     0.000 s  the run is over: unsupported

? unsupported: the stream link cannot close a port; use --link packet
)" + replay("article"));
}

TEST_CASE("timeline of a run that could not begin") {
  CHECK(timeline(broken(), {}) ==
        head_of("no client") + R"(     0.000 s  start `nothing`: No such file or directory
     0.000 s  the run is over: broken

! error: start `nothing`: No such file or directory
)" + replay("'no client'"));
}

TEST_CASE("the steps that passed before a failure are named") {
  Trace trace = trace_of("mute");
  Story(trace)
      .at(0, AttemptBegins{"192.0.2.10:1", Port::open}, 1)
      .at(1, Opened{}, 1)
      .at(2, StepBegins{0, "send \"welcome\""}, 1, 4)
      .at(2, StepPassed{0}, 1, 4)
      .at(3, StepBegins{1, "expect \"hello\" within 2s"}, 1, 5)
      .at(2003,
          StepFailed{.index = 1,
                     .matching = Matching::text,
                     .pattern = "hello",
                     .within = std::chrono::seconds(2)},
          1, 5)
      .at(3003, Over{Ended::step_failed});
  CHECK(timeline(judged(std::move(trace)), {}).find(R"(✕ fail
  ✕ step expect "hello" within 2s (line 5)
    expected  "hello" within 2s
    seen      nothing (at 2.00 s)
    attempt   1
    passed    send "welcome"
  not decided  gaps[2] (line 12): there was no attempt 3
  not decided  attempts (line 11): the run ended with the failed step
  not decided  gaps[1] (line 12): the run ended with the failed step
)") != std::string::npos);
}

TEST_CASE("an overlap is said between the attempts") {
  Trace trace = trace_of("greedy");
  Story(trace)
      .at(0, AttemptBegins{"192.0.2.10:1", Port::open}, 1)
      .at(1, Accepted{}, 1)
      .at(1, Opened{}, 1)
      .at(2000, AttemptBegins{"192.0.2.10:2", Port::open}, 2)
      .at(3003, Over{Ended::time});
  CHECK(timeline(judged(std::move(trace)), {})
            .find("  ┆ no gap: the next attempt began while this one lived\n") !=
        std::string::npos);
}

TEST_CASE("no line is wider than the terminal") {
  for (const int width : {60, 80}) {
    std::string text = timeline(late(), {false, width});
    while (!text.empty()) {
      const std::string line = text.substr(0, text.find('\n'));
      text.erase(0, line.size() + 1);
      INFO(line);
      // A command is to be copied, so it is not broken.
      CHECK((columns(line) <= width || line.find("replay:") != std::string::npos));
    }
  }
}

TEST_CASE("colours only where they are asked for, and nothing else changes") {
  const std::string plain = timeline(failing(), {});
  std::string coloured = timeline(failing(), {true, 100});
  CHECK(plain.find('\x1b') == std::string::npos);
  CHECK(coloured.find("\x1b[31m✕ fail\x1b[0m") != std::string::npos);
  for (std::size_t at = 0; (at = coloured.find('\x1b')) != std::string::npos;)
    coloured.erase(at, coloured.find('m', at) - at + 1);
  CHECK(coloured == plain);
}

TEST_CASE("what a client prints cannot steer the terminal") {
  Trace trace = trace_of("rude");
  Story(trace)
      .at(0, AttemptBegins{"192.0.2.10:1\x1b[2J", Port::open}, 1)
      .at(1, ClientLog{Stream::out, "\x1b]0;title\x07 and \x1b[2J"})
      .at(2, ClientEvent{Report::other, "er\x1b[31mror", "\x1b[1m", 0, false, ""})
      .at(3, Violation{"masked-frames", "\x1b[2J"}, 1)
      .at(4, Over{Ended::time});
  CHECK(timeline(judged(std::move(trace)), {}).find('\x1b') == std::string::npos);
}

TEST_CASE("a flood of attempts or of lines stays readable") {
  Trace trace = trace_of("hot");
  Story story(trace);
  for (int n = 1; n <= 3000; ++n)
    story.at(n, AttemptBegins{"192.0.2.10:1", Port::closed}, n).at(n, EndVisible{End::reset, 0}, n);
  for (int i = 0; i < 500; ++i) story.at(3001 + i, ClientLog{Stream::out, std::to_string(i)});
  const std::string text = timeline(judged(std::move(trace)), {});
  CHECK(text.find("  … 2971 more attempts\n") != std::string::npos);
  CHECK(text.find("… 442 more lines\n") != std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') < 300);
}

TEST_CASE("what a proxy was asked and what it answered") {
  Trace trace = trace_of("proxied");
  Story story(trace);
  story.at(0, AttemptBegins{"192.0.2.10:1", Port::open}, 1)
      .at(1, ProxyAsked{"CONNECT", "server.test:8080", {{"Host", "server.test:8080"}}}, 1)
      .at(2, ProxyAnswered{407}, 1)
      .at(3, ProxyAsked{"CONNECT", "server.test:8080", {{"proxy-authorization", "Basic YTpi"}}}, 1)
      .at(4, ProxyAnswered{200}, 1)
      .at(5, Over{Ended::time});
  CHECK(timeline(judged(std::move(trace)), {})
            .find(R"(│    0.001 s  asked the proxy: CONNECT server.test:8080
│    0.002 s  the proxy answered 407
│    0.003 s  asked the proxy: CONNECT server.test:8080, with credentials
│    0.004 s  the proxy answered 200
)") != std::string::npos);
}

TEST_CASE("neighbours of one kind become one line") {
  Trace trace = trace_of("busy");
  Story story(trace);
  story.at(0, AttemptBegins{"192.0.2.10:1", Port::open}, 1)
      .at(1, Frame{Side::client, Opcode::ping, 4, true, true, 0, ""}, 1)
      .at(2, Frame{Side::client, Opcode::ping, 4, true, true, 0, ""}, 1)
      .at(3, Lag{std::chrono::milliseconds(100)})
      .at(4, Lag{std::chrono::milliseconds(200)})
      .at(5, DataLost{Side::server, 0, 1, Fate::lost}, 1)
      .at(6, DataLost{Side::server, 1460, 1, Fate::lost}, 1)
      .at(7, Over{Ended::time});
  CHECK(timeline(judged(std::move(trace)), {}).find(R"(│    0.001 s  client → ping ×2, 8B
│    0.003 s  halfopen itself was late ×2, 300 ms in all
│    0.005 s  server → data, lost ×2
│    0.007 s  the run is over: time
)") != std::string::npos);
}

TEST_CASE("equal messages are told in one line where little time lies between them, others not") {
  Trace trace = trace_of("reference");
  Story story(trace);
  const auto says = [&](int ms, Opcode opcode, const char* text) {
    story.at(ms, Frame{Side::client, opcode, 1, true, true, 0, text}, 1);
  };
  story.at(0, AttemptBegins{"192.0.2.10:41234", Port::open}, 1);
  says(1, Opcode::text, "a");
  says(2, Opcode::text, "b");
  says(3, Opcode::text, "b");
  says(90, Opcode::text, "b");
  says(1090, Opcode::text, "b");
  says(2000, Opcode::ping, "1");
  says(7000, Opcode::ping, "2");
  const std::string text = timeline(judged(std::move(trace)), {});
  CHECK(text.find(R"(│    0.001 s  client → text "a"
│    0.002 s  client → text "b" ×3, 3B
│    1.090 s  client → text "b"
│    2.000 s  client → ping ×2, 2B
)") != std::string::npos);
}

TEST_CASE("the code of a Close is told as the client gave it") {
  const auto told = [](int code, const char* json) {
    Trace trace = trace_of("reference");
    Story(trace).at(1, ClientEvent{Report::close, "", "", code, false, json});
    const std::string text = timeline(judged(std::move(trace)), {});
    const std::size_t at = text.find("client says");
    return text.substr(at, text.find('\n', at) - at);
  };
  CHECK(told(1006, R"({"event":"close","code":1006})") == "client says close 1006");
  CHECK(told(0, R"({"event":"close"})") == "client says close");
  CHECK(told(0, R"({"event":"close","code":0})") == "client says close 0");
  CHECK(told(0, R"({"event":"close","code":"abnormal"})") == "client says close \"abnormal\"");
  CHECK(told(0, R"({"event":"close","code":null})") == "client says close null");
}

TEST_CASE("a Close that was sent before the FIN is told before it") {
  Trace trace = trace_of("reference");
  Story(trace)
      .at(0, AttemptBegins{"192.0.2.10:41234", Port::open}, 1)
      .at(10, Packet{Control::fin, Side::client, Fate::lost, 1}, 1)
      .at(10, ClientLeft{End::fin}, 1)
      .at(30, Frame{Side::client, Opcode::close, 2, true, true, 1000, ""}, 1);
  const std::string text = timeline(judged(std::move(trace)), {});
  CHECK(text.find(R"(│    0.010 s  client → close 1000
│    0.010 s  client → fin, lost
│    0.010 s  the client left by FIN
)") != std::string::npos);
}
