// `request`: what the client's opening requests have in them.
#include "tale.h"

using namespace halfopen::judge;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// Two attempts: the first without a token, the second with one.
Tale two_requests() {
  const Fields plain{{"Host", "server.test"},
                     {"sec-websocket-protocol", "chat.v2, chat.v1"},
                     {"Sec-WebSocket-Protocol", "mqtt"}};
  Fields with_token = plain;
  with_token.emplace_back("Authorization", "Bearer T2");
  return Tale()
      .begins(0, 1)
      .accepted(0, 1)
      .event(0, Request{"GET", "/chat?room=1", plain}, 1)
      .ended(1, 1)
      .begins(2, 2)
      .accepted(2, 2)
      .event(2, Request{"GET", "/chat?room=1", with_token}, 2)
      .event(2, Opened{}, 2)
      .over(3);
}

std::string verdict(const std::string& request) {
  return verdict_on("[expect]\nrequest = " + request, two_requests());
}

/// Asked for credentials on its first connection, and for none on its second.
Tale through_a_proxy() {
  const Fields plain{{"Host", "server.test:8080"}};
  const Fields with_credentials{{"proxy-authorization", "Basic dXNlcjpzZWNyZXQ="}};
  return Tale()
      .begins(0, 1)
      .event(0, ProxyAsked{"CONNECT", "server.test:8080", plain}, 1)
      .event(1, ProxyAsked{"CONNECT", "server.test:8080", with_credentials}, 1)
      .event(1, Request{"GET", "/", plain}, 1)
      .ended(2, 1)
      .begins(3, 2)
      .event(3, ProxyAsked{"CONNECT", "server.test:8080", plain}, 2)
      .over(4);
}

std::string proxied(const std::string& request) {
  return verdict_on("[server]\nproxy = \"http\"\n[expect]\nrequest = " + request,
                    through_a_proxy());
}

}  // namespace

TEST_CASE("texts, lists, regular expressions, presence and absence") {
  CHECK(verdict(R"({ path = "/chat?room=1", host = "server.test" })") == "pass");
  CHECK(verdict(R"({ protocols = ["chat.v2", "chat.v1", "mqtt"] })") == "pass");
  CHECK(verdict(R"({ protocols = "chat.v2, chat.v1, mqtt", extensions = [] })") == "pass");
  CHECK(verdict(R"({ path = { regex = "room=[0-9]" }, host = true, origin = false })") == "pass");
  CHECK(verdict(R"([{ attempt = 1, authorization = false },
                    { attempt = 2, authorization = "Bearer T2" }])") == "pass");
}

TEST_CASE("what a request lacks, has too much or has wrong is said in its own words") {
  CHECK(
      verdict(R"({ path = "/chat" })") ==
      "fail\n"
      "request.path (3): path \"/chat\" | the request of attempt 1 had \"/chat?room=1\" at 0.00 s\n"
      "request.path (3): path \"/chat\" | the request of attempt 2 had \"/chat?room=1\" at 2.00 s");
  CHECK(verdict(R"({ attempt = 2, authorization = false })") ==
        "fail\nrequest.authorization (3): authorization absent | the request of attempt 2 had "
        "\"Bearer T2\" at 2.00 s");
  CHECK(verdict(R"({ attempt = 1, authorization = { regex = "^Bearer" } })") ==
        "fail\nrequest.authorization (3): authorization matching /^Bearer/ | the request of "
        "attempt 1 had none at 0.00 s");
  CHECK(verdict(R"({ attempt = 1, protocols = ["chat.v2"] })") ==
        "fail\nrequest.protocols (3): protocols just \"chat.v2\" | the "
        "request of attempt 1 had \"chat.v2, chat.v1, mqtt\" at 0.00 s");
}

TEST_CASE("a request that never came is missed") {
  CHECK(verdict_on("[expect]\nrequest = { attempt = 3, path = \"/\" }",
                   Tale().begins(0, 1).opened(0, 1).ended(1, 1).over(9, "time")) ==
        "fail\nrequest (3): the request of attempt 3 has path \"/\" | no request in attempt 3");
}

TEST_CASE("proxy_authorization is that of the last request to the proxy") {
  CHECK(proxied(R"({ attempt = 1, proxy_authorization = "Basic dXNlcjpzZWNyZXQ=" })") == "pass");
  CHECK(proxied(R"({ attempt = 2, proxy_authorization = false })") == "pass");
  CHECK(proxied(R"({ proxy_authorization = true })") ==
        "fail\nrequest.proxy_authorization (5): proxy_authorization of any value | the request to "
        "the proxy of attempt 2 had none at 3.00 s");
  CHECK(proxied(R"({ attempt = 1, proxy_authorization = false })") ==
        "fail\nrequest.proxy_authorization (5): proxy_authorization absent | the request to the "
        "proxy of attempt 1 had \"Basic dXNlcjpzZWNyZXQ=\" at 1.00 s");
}

TEST_CASE("beside it the other keys speak of the opening request, which may be missing alone") {
  CHECK(proxied(R"({ attempt = 1, path = "/", proxy_authorization = true })") == "pass");
  CHECK(proxied(R"({ attempt = 2, path = "/", proxy_authorization = false })") ==
        "fail\nrequest (5): the request of attempt 2 has path \"/\" | no request in attempt 2");
  CHECK(
      proxied(R"({ attempt = 3, proxy_authorization = false })") ==
      "fail\nrequest (5): the request of attempt 3 has proxy_authorization absent | no request in "
      "attempt 3");
}

TEST_CASE("an attempt that was never made may still come while the last connection lives") {
  const std::string third = "request = { attempt = 3, host = true }";
  const auto tale = [] {
    return Tale().begins(0, 1).opened(0, 1).ended(1, 1).begins(2, 2).opened(2, 2);
  };
  const std::string open = "[expect]\nattempts = \"2..\"\n";
  CHECK(verdict_on(open + third, tale().over(9, "time")) ==
        "inconclusive: request is not decided: there was no attempt 3\nnot decided request (4): "
        "there was no attempt 3");
  CHECK(verdict_on("[expect]\n" + third, tale().over(9, "time")).starts_with("inconclusive"));
  // The client has lost its connection and stays away.
  CHECK(verdict_on(open + third, tale().ended(3, 2).over(9, "time")).starts_with("fail\nrequest"));
  // So it is with all that names an attempt.
  const std::string other =
      GENERATE("messages = { text = \"hello\", attempt = 3 }",
               "closes_with = { code = 1000, attempt = 3 }", "client = { open = { attempt = 3 } }");
  const auto says = [&] { return tale().says(2, "open"); };
  CHECK(verdict_on(open + other, says().over(9, "time")).starts_with("inconclusive"));
  CHECK(verdict_on(open + other, says().ended(3, 2).over(9, "time")).starts_with("fail"));
}

TEST_CASE("of the fields each one that held is in the verdict, beside what is broken") {
  const Verdict verdict = halfopen::judge::judge(
      scenario_of("[expect]\nrequest = { path = \"/other\", host = true, origin = false }"),
      two_requests().trace());
  std::string held;
  for (const Decision& each : verdict.decisions)
    if (each.status == Status::held && each.expectation.kind == Kind::request)
      held += each.expectation.name + " " + std::to_string(each.line) + "\n";
  CHECK(verdict.failures.size() == 2);
  CHECK(held == "host 3\norigin 3\n");
}

TEST_CASE("what is asked of requests to a host is not judged where none went there") {
  const std::string redirected =
      "[[attempt]]\nhandshake = { fault = \"redirect\", host = \"elsewhere.test\" }\n[expect]\n"
      "request = { to = \"elsewhere.test\", cookie = false }";
  CHECK(verdict_on(redirected, two_requests()) ==
        "unsupported: nothing here can be judged: request, no request went to elsewhere.test\nnot "
        "judged request (5): no request went to elsewhere.test");
}
