// Agreeing on permessage-deflate (RFC 7692, section 7.1).
#include <catch2/catch.hpp>

#include "ws/client_handshake.h"
#include "ws/deflate.h"
#include "ws/extension.h"

using namespace halfopen::ws;

namespace {

Headers saying(const std::string& extensions) { return {{"Sec-WebSocket-Extensions", extensions}}; }

/// How a server answers that offer: the value of its header, or "declined".
std::string answer_to(const std::string& offer) {
  const auto deflate = accept_offer(saying(offer));
  return deflate ? in_words(*deflate) : "declined";
}

/// Why a client refuses that answer, or the answer as the client understood it.
std::string read(const std::string& answer) {
  const AgreedExtensions agreed = agreed_extensions(saying(answer));
  CHECK(agreed.deflate.has_value() == agreed.problem.empty());
  return agreed.deflate ? in_words(*agreed.deflate) : agreed.problem;
}

}  // namespace

TEST_CASE("an offer is accepted with what the client asks of the server") {
  CHECK(answer_to("permessage-deflate") == "permessage-deflate");
  CHECK(answer_to(std::string(deflate_offer)) == "permessage-deflate");
  CHECK(answer_to("permessage-deflate; server_no_context_takeover") ==
        "permessage-deflate; server_no_context_takeover");
  CHECK(answer_to("permessage-deflate;server_max_window_bits = 10") ==
        "permessage-deflate; server_max_window_bits=10");
  CHECK(answer_to("permessage-deflate; server_max_window_bits=\"8\"") ==
        "permessage-deflate; server_max_window_bits=8");
  // RFC 7692, section 7.1.2.1: an offer with that parameter is accepted by an answer with it.
  CHECK(answer_to("permessage-deflate; server_max_window_bits=15") ==
        "permessage-deflate; server_max_window_bits=15");
  CHECK(answer_to("permessage-deflate; server_max_window_bits=\"1\\0\"") ==
        "permessage-deflate; server_max_window_bits=10");
  // What it says of itself binds the client alone.
  CHECK(answer_to("permessage-deflate; client_no_context_takeover; client_max_window_bits=9") ==
        "permessage-deflate");
}

TEST_CASE("the first offer without a mistake is taken, and others are passed over") {
  CHECK(answer_to("x-other, permessage-deflate; server_max_window_bits=10, permessage-deflate") ==
        "permessage-deflate; server_max_window_bits=10");
  CHECK(answer_to("permessage-deflate; unknown, permessage-deflate") == "permessage-deflate");
  CHECK(answer_to("x-other") == "declined");
  CHECK_FALSE(accept_offer({}));
}

TEST_CASE("an offer with a mistake is declined") {
  for (const char* parameters :
       {"unknown", "server_no_context_takeover=1", "client_no_context_takeover=true",
        "server_max_window_bits", "server_max_window_bits=7", "server_max_window_bits=16",
        "server_max_window_bits=08", "server_max_window_bits=ten", "client_max_window_bits=7",
        "client_max_window_bits=", "client_max_window_bits; client_max_window_bits",
        "server_no_context_takeover; server_no_context_takeover", "=10", "", "a b"}) {
    CAPTURE(parameters);
    CHECK(answer_to(std::string("permessage-deflate; ") + parameters) == "declined");
  }
}

TEST_CASE("offers in several fields are one list") {
  const auto deflate = accept_offer({{"Sec-WebSocket-Extensions", "x-other; a=\"b\""},
                                     {"sec-websocket-extensions", "permessage-deflate"}});
  CHECK(deflate.has_value());
}

TEST_CASE("a header that is malformed anywhere agrees on nothing (RFC 6455, section 9.1)") {
  for (const char* offer : {"permessage-deflate, x-other;", "x y, permessage-deflate",
                            "permessage-deflate, a; b=\"c", "permessage-deflate, a; b=\"c,d\"",
                            "permessage-deflate;; x", "permessage-deflate, a; b=\"\""}) {
    CAPTURE(offer);
    CHECK(answer_to(offer) == "declined");
    CHECK_FALSE(malformed_extensions(saying(offer)).empty());
  }
  CHECK(malformed_extensions(saying("a, , b; c; d=\"e\";f = g")).empty());
}

TEST_CASE("a client takes every answer that RFC 7692 allows, offered or not") {
  CHECK(agreed_extensions({}).problem.empty());
  CHECK_FALSE(agreed_extensions({}).deflate);
  const std::string all =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
      "server_max_window_bits=9; client_max_window_bits=12";
  CHECK(read(all) == all);
}

TEST_CASE("a client refuses every other answer, and says why") {
  CHECK(read("x-other") == "the server chose the extension \"x-other\", which was not asked for");
  CHECK(read("") == "the server chose an extension without a name");
  CHECK(read("permessage-deflate, permessage-deflate") ==
        "the server chose the extension \"permessage-deflate\" beside permessage-deflate");
  CHECK(read("permessage-deflate; x=1") ==
        "the server chose the extension \"permessage-deflate; x=1\": there is no parameter x");
  CHECK(read("permessage-deflate; client_max_window_bits")
            .ends_with(": client_max_window_bits is not 8 to 15"));
  CHECK(read("permessage-deflate; server_max_window_bits=16")
            .ends_with(": server_max_window_bits is not 8 to 15"));
  CHECK(read("permessage-deflate; server_no_context_takeover=1")
            .ends_with(": server_no_context_takeover has a value"));
  CHECK(read("permessage-deflate; server_no_context_takeover; server_no_context_takeover")
            .ends_with(": server_no_context_takeover appears twice"));
}

TEST_CASE("a client that offers compression says so") {
  const std::string request = make_client_handshake("a", "/", {}, {.deflate = true}).request;
  CHECK(request.find("\r\nSec-WebSocket-Extensions: permessage-deflate; "
                     "client_max_window_bits\r\n") != std::string::npos);
  CHECK(make_client_handshake("a", "/").request.find("Extensions") == std::string::npos);
}
