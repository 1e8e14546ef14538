// What the client says and how it ends.
#include "tale.h"

using namespace halfopen::judge;

namespace {

Tale dropped() { return Tale().begins(0, 1).opened(0, 1).says(0, "open").ended(1, 1); }

}  // namespace

TEST_CASE("the client must report what happened") {
  const std::string close = "[expect]\nclient = { close = { code = 1006 } }";
  CHECK(verdict_on(close, dropped().says(1, "close", 1006).over(2)) == "pass");
  CHECK(verdict_on(close, dropped().says(1, "close", 1000).over(2)) ==
        "fail\nclient.close (3): `close` with code 1006 | the client reported `close` 1000 at 1.00 "
        "s");
  CHECK(verdict_on(close, dropped().over(2)) ==
        "fail\nclient.close (3): `close` with code 1006 | the client reported no `close`");
}

TEST_CASE("the client must not report what did not happen") {
  const std::string never = "[expect]\nclient = { message = { count = 0 } }";
  CHECK(verdict_on(never, dropped().over(2)) == "pass");
  CHECK(verdict_on(never, dropped().says(1, "message", 0, "half a mess").over(2)) ==
        "fail\nclient.message (3): no `message` | the client reported `message` \"half a mess\" at "
        "1.00 s; 1 of them fitted");
}

TEST_CASE("how often the client reports something can be counted") {
  const Tale twice = dropped().says(2, "open").over(3);
  CHECK(verdict_on("[expect]\nclient = { open = { count = 2 } }", twice) == "pass");
  CHECK(verdict_on("[expect]\nclient = { open = { count = 1 } }", twice) ==
        "fail\nclient.open (3): `open`, once | the client reported `open` at 0.00 s, `open` at "
        "2.00 s; 2 of them fitted");
}

TEST_CASE("texts are regular expressions, and whether a close was clean can be asked for") {
  CHECK(verdict_on("[expect]\nclient = { error = { text = \"ECONN\" } }",
                   dropped().says(1, "error", 0, "read ECONNRESET").over(2)) == "pass");
  CHECK(verdict_on("[expect]\nclient = { close = { clean = true } }",
                   dropped().says(1, "close", 1006).over(2))
            .starts_with("fail\nclient.close (3): `close`, clean |"));
}

TEST_CASE("a client that reports nothing is not judged by its reports, and that is said") {
  const Tale silent = Tale().begins(0, 1).opened(0, 1).ended(1, 1).over(2);
  const std::string close = "[expect]\nclient = { close = { code = 1006 } }";
  CHECK(verdict_on(close, silent) ==
        "unsupported: nothing here can be judged: client.close, the client reports no events\n"
        "not judged client.close (3): the client reports no events");
  Tale could = silent;
  could.trace().header.client_can = {"reports"};
  CHECK(verdict_on(close, could).starts_with("fail\nclient.close"));
}

TEST_CASE("that a client reports is said of its own page, not of one that the scenario has") {
  Tale silent = Tale().begins(0, 1).opened(0, 1).ended(1, 1).over(9);
  silent.trace().header.client_can = {"reports", "page", "gave-up"};
  const std::string asks = "[expect]\nclient = { open = { count = 1 } }\nopens = 1\n";
  const std::string own = "[page]\n";
  const std::string other = "[page]\nhtml = \"<script>new WebSocket('{url}')</script>\"\n";
  CHECK(verdict_on(asks + own, silent).starts_with("fail\nclient.open"));
  CHECK(verdict_on(asks + other, silent) ==
        "pass\nnot judged client.open (3): the client reports no events");
  // One that prints an `open` does report, as a bare command does; but it has promised nothing.
  const Tale tells = Tale().begins(0, 1).opened(0, 1).says(0, "open").ended(1, 1).over(9);
  Tale says = tells;
  says.trace().header.client_can = {"reports", "page"};
  CHECK(verdict_on(asks + other, says) == "pass");
  CHECK(verdict_on(asks + own, says).find("invariant one-close") != std::string::npos);
  // Nor that it says when it gives up.
  const std::string gives_up = "[expect]\ngives_up = true\nattempts = 1\nwithin = \"60s\"\n";
  Tale quiet = Tale().begins(0, 1).opened(0, 1).ended(1, 1).over(40, "time");
  quiet.trace().header.client_can = {"page", "gave-up"};
  CHECK(verdict_on(gives_up + own, quiet).starts_with("fail\ngives_up"));
  CHECK(verdict_on(gives_up + other, quiet) == "pass");
}

TEST_CASE("the exit code is compared where the client exits by itself") {
  const std::string three = "[expect]\nclient = { exit = 3 }";
  const auto exits = [](ClientExited how) { return dropped().event(2, how).over(2.3); };
  CHECK(verdict_on(three, exits({3, 0, false})) == "pass");
  CHECK(verdict_on(three, exits({0, 0, false})) ==
        "fail\nexit_code (3): 3 | it exited with 0 at 2.00 s");
  CHECK(verdict_on(three, exits({3, 0, true})) ==
        "fail\nexit_code (3): 3 | it was still running when the run ended at 2.30 s");
}

TEST_CASE("a crash is a failure, unless halfopen itself sent the signal") {
  const std::string any = "[expect]\nopens = \"1..\"";
  CHECK(verdict_on(any, dropped().event(2, ClientExited{-1, 11, false}).over(2.3)) ==
        "fail\nclient (0): the client not to crash | it died of SIGSEGV at 2.00 s");
  CHECK(verdict_on(any, dropped().event(2, ClientExited{-1, 15, true}).over(2.3)) == "pass");
}

TEST_CASE("an exit code that says so is a crash, and its error is quoted") {
  const std::string any = "[expect]\nopens = \"1..\"";
  const auto dies = [](std::initializer_list<const char*> lines) {
    Tale tale = dropped();
    for (const char* line : lines) tale.event(1.5, ClientLog{Stream::err, line});
    return tale.event(2, ClientExited{1, 0, false}).over(2.3, "client-exited");
  };
  const std::string crash =
      "fail\nclient (0): the client not to crash | it exited with 1 at 2.00 s";
  CHECK(verdict_on(any, dies({})) == crash);
  // Node prints the line of code before the error, and its own version last.
  CHECK(verdict_on(any, dies({"/app/client.js:7", "    throw new Error('x');", "    ^", "",
                              "TypeError: cannot read that", "    at run (/app/client.js:7:3)", "",
                              "Node.js v20.1.0"})) == crash + ": TypeError: cannot read that");
  CHECK(verdict_on(any, dies({"Traceback (most recent call last):", "  File \"a.py\", line 3",
                              "    boom()", "KeyError: 'host'"})) == crash + ": KeyError: 'host'");
  CHECK(verdict_on(
            any, dies({"panic: no configuration", "", "goroutine 1 [running]:", "main.main()"})) ==
        crash + ": panic: no configuration");
  CHECK(verdict_on(any, dies({"something went wrong"})) == crash + ": something went wrong");
  CHECK(verdict_on("[expect]\nclient = { exit = 1 }", dies({})) == "pass");
}

TEST_CASE("conditions on one event are counted one by one, by attempt and by time") {
  const std::string list =
      "[expect]\nclient = { close = [{ code = 1006, count = 1 }, { code = 1000, count = 0 }] }";
  CHECK(verdict_on(list, dropped().says(1, "close", 1006).over(2)) == "pass");
  CHECK(verdict_on(list, dropped().says(1, "close", 1006).says(1, "close", 1000).over(2))
            .starts_with("fail\nclient.close (3): no `close` with code 1000"));
  const std::string by = "[expect]\nclient = { error = { text = \"off\", by = \"5s\" } }";
  CHECK(verdict_on(by, dropped().says(4, "error", 0, "offline").over(9)) == "pass");
  CHECK(verdict_on(by, dropped().says(6, "error", 0, "offline").over(9)).starts_with("fail"));
}

TEST_CASE("a line of output is looked for in all that the client prints") {
  const std::string output = "[expect]\nclient = { output = \"reconnect(ing|ed)\" }";
  CHECK(
      verdict_on(output, dropped().event(1, ClientLog{Stream::err, "now reconnecting"}).over(2)) ==
      "pass");
  CHECK(verdict_on(output, dropped().event(1, ClientLog{Stream::out, "bye"}).over(2)) ==
        "fail\noutput (3): a line like /reconnect(ing|ed)/ | none in 1 line");
}

TEST_CASE("a line without end does not exhaust the stack") {
  const std::string output = "[expect]\nclient = { output = \"(a|b)*c\" }";
  CHECK(verdict_on(output,
                   dropped().event(1, ClientLog{Stream::out, std::string(1'000'000, 'a')}).over(2))
            .starts_with("fail\noutput"));
}

TEST_CASE("the client's memory may grow only so far") {
  const std::string bounded = "[expect]\nclient = { memory = \"..16MiB\" }";
  const auto grown_to = [](std::uint64_t mib) {
    constexpr std::uint64_t unit = 1024 * 1024;
    return dropped().event(0.1, ClientMemory{50 * unit}).event(2, ClientMemory{mib * unit}).over(2);
  };
  CHECK(verdict_on(bounded, grown_to(66)) == "pass");
  CHECK(verdict_on(bounded, grown_to(67)) ==
        "fail\nclient.memory (3): its memory to grow by ..16MiB | it grew by 17.0 MiB, from 50.0 "
        "MiB to 67.0 MiB");
  // A browser has memory for much else. And known only once, nothing can be said of it.
  Tale browser = grown_to(200);
  browser.trace().events.insert(browser.trace().events.begin(), {{}, 0, 0, PageServed{}});
  CHECK(verdict_on(bounded, browser).find("fail") == std::string::npos);
  CHECK(verdict_on(bounded, dropped().event(0.1, ClientMemory{1}).over(2)).find("fail") ==
        std::string::npos);
}

TEST_CASE("a report is a line of output, too") {
  const std::string output = "[expect]\nclient = { output = \"giving up\" }";
  const auto prints = [](const std::string& json) {
    return dropped().event(1, ClientEvent{Report::gave_up, "", "", 0, false, json}).over(2);
  };
  CHECK(verdict_on(output, prints(R"({"event":"gave-up","why":"giving up"})")) == "pass");
  CHECK(verdict_on(output, prints(R"({"event":"gave-up"})")) ==
        "fail\noutput (3): a line like /giving up/ | none in 0 lines");
}

TEST_CASE("a report whose time is over is broken for good, also where the run ended with it") {
  const std::string due =
      "[expect]\nattempts = \"3..\"\nclient = { error = { by = \"2s\" }, open = true }";
  const auto opened = [] { return Tale().begins(0, 1).opened(0, 1); };
  CHECK(verdict_on(due, opened().says(0, "message").over(3, "expectation-failed")) ==
        "fail\nclient.error (4): `error` by 2.00 s | the client reported no `error`\n"
        "not decided attempts (3): the run ended with the failed expectation\n"
        "not decided client.open (4): the run ended with the failed expectation");
  const auto late = [&](double at) {
    Tale tale = opened().says(0, "open").event(2.05, Lag{std::chrono::milliseconds(120)});
    return verdict_on("[expect]\nclient = { error = { by = \"2s\" } }",
                      tale.says(at, "error").over(3, "expectation-failed"));
  };
  CHECK(late(2.1).starts_with("inconclusive: halfopen itself was late"));
  CHECK(late(2.5).starts_with("fail\nclient.error"));
}
