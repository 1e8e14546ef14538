// Traces written and read back: every event type, hostile text, hostile files.
#include <catch2/catch.hpp>
#include <set>

#include "base/error.h"
#include "trace/codec.h"

using namespace halfopen;
using namespace halfopen::trace;
using namespace std::chrono_literals;

namespace {

// One of every event type, with no member at its default.
std::vector<Event> one_of_each() {
  std::vector<Body> bodies{
      AttemptBegins{"192.0.2.10:41234", Port::filtered, true},
      Packet{Control::syn_ack, Side::server, Fate::blackholed, 3},
      DataLost{Side::server, 18446744073709551615u, 2, Fate::dropped_by_rule},
      Accepted{},
      TlsOpened{"TLSv1.3", "server.test", "http/1.1", true, true},
      TlsFailed{"unknown_ca", Side::server, "the client did not like the certificate"},
      Request{"GET", "/chat", {{"Host", "server.test"}, {"Upgrade", "websocket"}}},
      Answer{200, "status", false, 20s},
      Opened{"permessage-deflate"},
      Frame{Side::server, Opcode::close, 9, false, false, 1001, "\"going\" away\n", true, 3,
            "03e9"},
      FramesOmitted{Side::server, 7, 4096},
      Violation{"masked-frames", "a text frame came unmasked"},
      FaultStruck{Layer::drop, "reset", "RST", true},
      EndVisible{End::refusal, 503, By::middlebox},
      ClientLeft{End::reset},
      AttemptOver{},
      StepBegins{2, "expect \"hello\" within 2s"},
      StepPassed{2},
      StepFailed{1,
                 Missed::close,
                 Cause::ended,
                 Matching::hex,
                 "c000",
                 1000,
                 2s,
                 {"hell"},
                 {"hello"},
                 1001,
                 2,
                 3,
                 End::reset,
                 By::middlebox},
      LinkChanged{LinkState::unchanged, false, true, "loss 30%"},
      Told{"close 1000"},
      LinkSummary{Side::server, 100, 64000, 3, "00ff00ff00ff00ff", 120us, 900us, 1200us},
      Lag{150ms},
      Unreliable{"the device dropped 3 packets"},
      ClientStarted{{"node", "client.js", "ws://server.test/"}},
      ClientEvent{Report::close, "", "gone", 1006, true, "{\"event\":\"close\"}"},
      ClientLog{Stream::err, "warning: x"},
      ClientExited{0, 11, true},
      Unsupported{"the client cannot `page`", "use a browser"},
      Broken{"no such program"},
      Over{Ended::settled},
      PageServed{},
      NameAsked{"server.test", "AAAA", "udp", "NXDOMAIN", 250ms},
      ProxyAsked{"CONNECT", "server.test:8443", {{"Proxy-Authorization", "Basic YTpi"}}},
      ProxyAnswered{407},
      FaultSpared{"reset"},
      Window{Side::client, true, 65536},
      Waiting{1024, 2048},
      ClientMemory{4096},
      MessageMatched{2},
      EventsOmitted{Noise::data_lost, 40'000}};
  std::vector<Event> events;
  int n = 0;
  for (Body& body : bodies) {
    ++n;
    events.push_back({n * 1234us, n, n + 10, std::move(body)});
  }
  return events;
}

// The reason why a file is refused.
std::string refusal(const std::string& text) {
  try {
    (void)read(text, "t.jsonl");
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

const std::string head = "{\"halfopen\":\"trace\",\"format\":3}\n";

}  // namespace

TEST_CASE("every event type comes back from a trace as it went in") {
  std::set<std::size_t> kinds;
  for (const Event& event : one_of_each()) {
    kinds.insert(event.body.index());
    const std::string line = to_line(event);
    INFO(line);
    const Trace back = read(head + line + "\n", "t.jsonl");
    REQUIRE(back.events.size() == 1);
    CHECK(back.events[0].at == event.at);
    CHECK(back.events[0].attempt == event.attempt);
    CHECK(back.events[0].line == event.line);
    CHECK(back.events[0].body.index() == event.body.index());
    CHECK(to_line(back.events[0]) == line);
  }
  CHECK(kinds.size() == std::variant_size_v<Body>);
}

TEST_CASE("events are written byte for byte like this") {
  std::string lines;
  for (const Event& event : one_of_each()) lines += to_line(event) + "\n";
  const std::string expected =
      R"({"at":1234,"attempt":1,"line":11,"event":"attempt-begins","peer":"192.0.2.10:41234","port":"filtered","look_up":true}
{"at":2468,"attempt":2,"line":12,"event":"packet","kind":"syn-ack","from":"server","fate":"blackholed","nth":3}
{"at":3702,"attempt":3,"line":13,"event":"data-lost","from":"server","position":18446744073709551615,"nth":2,"fate":"dropped-by-rule"}
{"at":4936,"attempt":4,"line":14,"event":"accepted"}
{"at":6170,"attempt":5,"line":15,"event":"tls-opened","version":"TLSv1.3","server_name":"server.test","alpn":"http/1.1","session_offered":true,"resumed":true}
{"at":7404,"attempt":6,"line":16,"event":"tls-failed","alert":"unknown_ca","from":"server","why":"the client did not like the certificate"}
{"at":8638,"attempt":7,"line":17,"event":"request","method":"GET","target":"/chat","headers":[["Host","server.test"],["Upgrade","websocket"]]}
{"at":9872,"attempt":8,"line":18,"event":"answer","status":200,"fault":"status","valid":false,"retry_after":20000000}
{"at":11106,"attempt":9,"line":19,"event":"opened","extension":"permessage-deflate"}
{"at":12340,"attempt":10,"line":20,"event":"frame","from":"server","opcode":"close","length":9,"fin":false,"masked":false,"code":1001,"text":"\"going\" away\n","compressed":true,"reserved":3,"bytes":"03e9"}
{"at":13574,"attempt":11,"line":21,"event":"frames-omitted","from":"server","frames":7,"bytes":4096}
{"at":14808,"attempt":12,"line":22,"event":"violation","rule":"masked-frames","text":"a text frame came unmasked"}
{"at":16042,"attempt":13,"line":23,"event":"fault-struck","layer":"drop","name":"reset","text":"RST","silent":true}
{"at":17276,"attempt":14,"line":24,"event":"end-visible","how":"refusal","code":503,"by":"middlebox"}
{"at":18510,"attempt":15,"line":25,"event":"client-left","how":"reset"}
{"at":19744,"attempt":16,"line":26,"event":"attempt-over"}
{"at":20978,"attempt":17,"line":27,"event":"step-begins","index":2,"text":"expect \"hello\" within 2s"}
{"at":22212,"attempt":18,"line":28,"event":"step-passed","index":2}
{"at":23446,"attempt":19,"line":29,"event":"step-failed","index":1,"missed":"close","cause":"ended","matching":"hex","pattern":"c000","code":1000,"within":2000000,"came":["hell"],"before":["hello"],"close_code":1001,"done":2,"repeat":3,"how":"reset","by":"middlebox"}
{"at":24680,"attempt":20,"line":30,"event":"link-changed","settings":true,"text":"loss 30%"}
{"at":25914,"attempt":21,"line":31,"event":"told","text":"close 1000"}
{"at":27148,"attempt":22,"line":32,"event":"link-summary","from":"server","units":100,"bytes":64000,"lost":3,"decisions":"00ff00ff00ff00ff","late_p50":120,"late_p99":900,"late_max":1200}
{"at":28382,"attempt":23,"line":33,"event":"lag","late":150000}
{"at":29616,"attempt":24,"line":34,"event":"unreliable","why":"the device dropped 3 packets"}
{"at":30850,"attempt":25,"line":35,"event":"client-started","command":["node","client.js","ws://server.test/"]}
{"at":32084,"attempt":26,"line":36,"event":"client-event","reported":"close","text":"gone","code":1006,"clean":true,"json":"{\"event\":\"close\"}"}
{"at":33318,"attempt":27,"line":37,"event":"client-log","stream":"stderr","text":"warning: x"}
{"at":34552,"attempt":28,"line":38,"event":"client-exited","code":0,"signal":11,"by_us":true}
{"at":35786,"attempt":29,"line":39,"event":"unsupported","what":"the client cannot `page`","remedy":"use a browser"}
{"at":37020,"attempt":30,"line":40,"event":"broken","why":"no such program"}
{"at":38254,"attempt":31,"line":41,"event":"over","why":"settled"}
{"at":39488,"attempt":32,"line":42,"event":"page-served"}
{"at":40722,"attempt":33,"line":43,"event":"name-asked","name":"server.test","type":"AAAA","transport":"udp","answer":"NXDOMAIN","delay":250000}
{"at":41956,"attempt":34,"line":44,"event":"proxy-asked","method":"CONNECT","target":"server.test:8443","headers":[["Proxy-Authorization","Basic YTpi"]]}
{"at":43190,"attempt":35,"line":45,"event":"proxy-answered","status":407}
{"at":44424,"attempt":36,"line":46,"event":"fault-spared","name":"reset"}
{"at":45658,"attempt":37,"line":47,"event":"window","of":"client","open":true,"sent":65536}
{"at":46892,"attempt":38,"line":48,"event":"waiting","unread":1024,"unsent":2048}
{"at":48126,"attempt":39,"line":49,"event":"client-memory","bytes":4096}
{"at":49360,"attempt":40,"line":50,"event":"message-matched","index":2}
{"at":50594,"attempt":41,"line":51,"event":"events-omitted","kind":"data-lost","count":40000}
)";
  CHECK(lines == expected);
}

TEST_CASE("what equals its default is left out, and read back as the default") {
  CHECK(to_line(Event{5us, 0, 0, Frame{}}) == R"({"at":5,"event":"frame"})");
  const Trace back = read(head + R"({"at":5,"event":"frame"})", "t.jsonl");
  CHECK(std::get<Frame>(back.events.at(0).body).masked);
  CHECK(back.events.at(0).attempt == 0);
}

TEST_CASE("an event says which client it is about, and older traces say nothing of that") {
  const std::string line = R"({"at":5,"attempt":1,"line":7,"client":1,"event":"opened"})";
  CHECK(to_line(Event{5us, 1, 7, Opened{}, 1}) == line);
  const Trace back =
      read(head + line + "\n" + R"({"at":6,"attempt":1,"event":"opened"})", "t.jsonl");
  CHECK(back.events.at(0).client == 1);
  CHECK(back.events.at(1).client == 0);
}

TEST_CASE("the header describes the run and comes back whole") {
  Trace trace;
  trace.header = {3,
                  "0.1.0",
                  {"halfopen", "run"},
                  "drops/reset",
                  "s/drops/reset.toml",
                  "about=1\n",
                  {{"s/parts/a.toml", "tags=[]\n"}},
                  {{"wait", "2s"}},
                  "abcd",
                  "reference",
                  "clients/reference@good",
                  {"reports"},
                  18446744073709551615u,
                  "packet",
                  "asked for",
                  "root, tun",
                  "2024-01-02T03:04:05Z"};
  const std::string text = to_text(trace);
  CHECK(
      text ==
      R"({"halfopen":"trace","format":3,"version":"0.1.0","command":["halfopen","run"],"scenario":"drops/reset","scenario_file":"s/drops/reset.toml","scenario_text":"about=1\n","scenario_parts":[["s/parts/a.toml","tags=[]\n"]],"scenario_set":[["wait","2s"]],"scenario_hash":"abcd","client":"reference","client_given":"clients/reference@good","client_can":["reports"],"seed":18446744073709551615,"link":"packet","link_why":"asked for","machine":"root, tun","started":"2024-01-02T03:04:05Z"}
)");
  CHECK(to_text(read(text, "t.jsonl")) == text);
}

TEST_CASE("bytes that are no UTF-8 are replaced and never stop a trace") {
  Event event{1us, 1, 0, Frame{Side::client, Opcode::text, 3, true, true, 0, "a\xff\xc0"}};
  CHECK(to_line(event).find("a\xef\xbf\xbd") != std::string::npos);
  tidy(event);
  const Trace back = read(head + to_line(event), "t.jsonl");
  CHECK(std::get<Frame>(back.events.at(0).body).text == std::get<Frame>(event.body).text);

  Event request{1us, 1, 0, Request{"GET", "/\xfe", {{"X\xff", "\x80"}}}};
  tidy(request);
  CHECK(std::get<Request>(request.body).headers[0].first == "X\xef\xbf\xbd");
}

TEST_CASE("tidying keeps whole microseconds only, as a saved trace does") {
  Event event{1234567ns, 1, 0, Lag{999999ns}};
  tidy(event);
  CHECK(event.at == 1234us);
  CHECK(std::get<Lag>(event.body).late == 999us);
}

TEST_CASE("a file that is no trace, or was cut or tampered with, is refused with its line") {
  CHECK(refusal("") == "t.jsonl:1: it is no JSON (is the file cut short?)");
  CHECK(refusal("hello\n") == "t.jsonl:1: it is no JSON (is the file cut short?)");
  CHECK(refusal("[]\n") == "t.jsonl:1: it is no JSON object");
  CHECK(refusal("{}\n") ==
        "t.jsonl:1: it is no halfopen trace (the first line must have \"halfopen\":\"trace\")");
  CHECK(refusal("{\"halfopen\":7}\n").find("no halfopen trace") != std::string::npos);
  CHECK(refusal("{\"halfopen\":\"trace\",\"format\":1}\n") ==
        "t.jsonl:1: its format is 1, and this halfopen reads 3: record it again with this version");
  CHECK(refusal(head + "{\"at\":1,\"ev") == "t.jsonl:2: it is no JSON (is the file cut short?)");
  CHECK(refusal(head + "{\"at\":1,\"event\":\"opened\"}\n\n{\"at\":1,\"event\":\"over\"}\n") ==
        "t.jsonl:3: it is no JSON (is the file cut short?)");
  CHECK(refusal(head + R"({"at":1})") == "t.jsonl:2: an event needs `at` and `event`");
  CHECK(refusal(head + R"({"at":1,"event":"bang"})") == "t.jsonl:2: there is no event `bang`");
  CHECK(refusal(head + R"({"at":1,"event":"opened","colour":1})") ==
        "t.jsonl:2: `colour` is no member of `opened`");
  CHECK(refusal(head + R"({"at":-1,"event":"opened"})") == "t.jsonl:2: `at` is out of range");
  CHECK(refusal(head + R"({"at":9e99,"event":"opened"})") == "t.jsonl:2: `at` is no whole number");
  CHECK(refusal(head + R"({"at":18446744073709551615,"event":"opened"})") ==
        "t.jsonl:2: `at` is out of range");
  CHECK(refusal(head + R"({"at":1,"attempt":4294967297,"event":"opened"})") ==
        "t.jsonl:2: `attempt` is out of range");
  CHECK(refusal(head + R"({"at":1,"event":"data-lost","position":-1})") ==
        "t.jsonl:2: `position` is negative");
  CHECK(refusal(head + R"({"at":1,"event":"end-visible","how":"magic"})") ==
        "t.jsonl:2: `how` is `magic`, which is none of its words");
  CHECK(refusal(head + R"({"at":1,"event":"frame","fin":1})") ==
        "t.jsonl:2: `fin` is neither true nor false");
  CHECK(refusal(head + R"({"at":1,"event":"frame","text":1})") == "t.jsonl:2: `text` is no string");
  CHECK(refusal(head + R"({"at":1,"event":"client-started","command":"sh"})") ==
        "t.jsonl:2: `command` is no list of strings");
  CHECK(refusal(head + R"({"at":1,"event":"request","headers":[["a"]]})") ==
        "t.jsonl:2: `headers` is no list of pairs");
}

TEST_CASE("deep nesting in a trace is refused, not followed") {
  CHECK(refusal(head + std::string(1'000'000, '[')).find("t.jsonl:2:") == 0);
  CHECK(refusal(head + R"({"at":1,"event":"opened","x":)" + std::string(100'000, '[') +
                std::string(100'000, ']') + "}")
            .find("t.jsonl:2: `x` is no member") == 0);
}

TEST_CASE("a trace cut after any byte is read or refused, never worse") {
  const std::string whole = head + R"({"at":1,"attempt":1,"event":"attempt-begins","peer":"p"})" +
                            "\n" + R"({"at":2,"event":"over","why":"time"})" + "\n";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string why = refusal(whole.substr(0, size));
    INFO(size << ": " << why);
    CHECK((why == "accepted" || why.find("t.jsonl:") == 0));
  }
}
