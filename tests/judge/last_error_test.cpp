// The error that a client dies of, as runtimes print it.
#include <catch2/catch.hpp>
#include <initializer_list>
#include <string>

#include "tale.h"

using namespace halfopen;
using namespace halfopen::judge;

namespace {

using Lines = std::initializer_list<const char*>;

/// What is quoted of a client that prints these and exits; `earlier`: half a second before.
std::string quoted(const Lines& lines, const Lines& earlier = {}) {
  Tale tale;
  tale.begins(0.05, 1).opened(0.1, 1).ended(0.2, 1);
  for (const char* line : earlier) tale.event(1, ClientLog{Stream::err, line});
  for (const char* line : lines) tale.event(1.5, ClientLog{Stream::err, line});
  const std::string verdict =
      verdict_on("[expect]\nattempts = \"1..\"",
                 tale.event(1.5, ClientExited{1, 0, false}).over(2, "client-exited"));
  const std::string before = "it exited with 1 at 1.50 s";
  const std::size_t at = verdict.rfind(before);
  REQUIRE(at != std::string::npos);
  return verdict.substr(at + before.size());
}

}  // namespace

TEST_CASE("Node: errors of one's own, with fields, and what is no error at all") {
  CHECK(quoted({"file:///a.mjs:8", "  throw new E('x')", "        ^", "",
                "ProtocolFailure: server said no", "    at die (file:///a.mjs:8:146)",
                "    at process.processTimers (node:internal/timers:519:7) {", "  status: 503", "}",
                "", "Node.js v20.20.2"}) == ": ProtocolFailure: server said no");
  CHECK(quoted({"file:///a.mjs:6", "  throw 'server said no';", "  ^", "server said no",
                "(Use `node --trace-uncaught ...` to show where the exception was thrown)", "",
                "Node.js v20.20.2"}) == ": server said no");
  CHECK(
      quoted({"node:internal/process/promises:389", "      new UnhandledPromiseRejection(reason);",
              "      ^", "", "UnhandledPromiseRejection: The promise rejected with \"no\".",
              "    at processPromiseRejections (node:internal/process/promises:470:17) {",
              "  code: 'ERR_UNHANDLED_REJECTION'", "}", "", "Node.js v20.20.2"}) ==
      ": UnhandledPromiseRejection: The promise rejected with \"no\".");
  CHECK(quoted({"Error: two lines,", "of which the first names it", "    at a.mjs:1:1"}) ==
        ": Error: two lines,");
}

TEST_CASE("what was printed long before the end is another story") {
  CHECK(quoted({"server said no"}, {"Error: first try refused", "    at file:///a.mjs:19:39"}) ==
        ": server said no");
  CHECK(quoted({"the token is not valid"},
               {"ERROR:root:will go on",
                "Traceback (most recent call last):", "  File \"a.py\", line 8",
                "ValueError: an old story"}) == ": the token is not valid");
}

TEST_CASE("Python: the last exception of a chain, and a member of a group") {
  CHECK(quoted({"Traceback (most recent call last):", "  File \"a.py\", line 1", "KeyError: 'host'",
                "", "During handling of the above exception, another exception occurred:", "",
                "Traceback (most recent call last):", "  File \"a.py\", line 3",
                "RuntimeError: no host", "in this configuration"}) == ": RuntimeError: no host");
  CHECK(quoted({"  + Exception Group Traceback (most recent call last):",
                "  |   File \"a.py\", line 21, in main",
                "  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)",
                "  +-+---------------- 1 ----------------",
                "    | Traceback (most recent call last):", "    |   File \"a.py\", line 20, in f",
                "    | ConfigTrouble: no such topic",
                "    +------------------------------------"}) == ": ConfigTrouble: no such topic");
}

TEST_CASE("Go, Java, Rust, C++, Bun") {
  CHECK(quoted({"panic: no configuration", "", "goroutine 1 [running]:", "main.main()",
                "\t/a/main.go:5 +0x1d", "exit status 2"}) == ": panic: no configuration");
  CHECK(quoted({"Exception in thread \"main\" java.lang.IllegalStateException: no host",
                "\tat Main.main(Main.java:3)", "Caused by: java.lang.NullPointerException",
                "\t... 1 more"}) ==
        ": Exception in thread \"main\" java.lang.IllegalStateException: no host");
  CHECK(
      quoted({"thread 'main' panicked at src/main.rs:42:10:",
              "called `Result::unwrap()` on an `Err` value: ConnectionClosed",
              "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace"}) ==
      ": thread 'main' panicked at src/main.rs:42:10: called `Result::unwrap()` on an `Err` value: "
      "ConnectionClosed");
  CHECK(quoted({"thread 'main' panicked at 'no host', src/main.rs:4:5",
                "note: run with `RUST_BACKTRACE=1`"}) ==
        ": thread 'main' panicked at 'no host', src/main.rs:4:5");
  CHECK(quoted({"terminate called after throwing an instance of 'std::runtime_error'",
                "  what():  frame is too long"}) ==
        ": terminate called after throwing an instance of 'std::runtime_error': frame is too long");
  CHECK(quoted({"1 | throw new Error('x')", "      ^", "error: the socket is gone",
                "      at /a.js:1:7", "", "Bun v1.1.30 (Linux x64)"}) ==
        ": error: the socket is gone");
}

TEST_CASE("a trace alone says nothing") {
  CHECK(quoted({"----- Native stack trace -----", "", " 1: 0xd3a3c0  [node]",
                "----- JavaScript stack trace -----", "", "1: die (file:///a.mjs:15:32)"})
            .empty());
}
