#include "ws/request.h"

#include "ws/http_head.h"

namespace halfopen::ws {

std::string_view Request::header(std::string_view name) const { return first_value(headers, name); }

bool Request::has_token(std::string_view name, std::string_view token) const {
  return ws::has_token(headers, name, token);
}

struct RequestReader::Parser {
  HttpHeadReader head{HttpHeadReader::Kind::request};
  Request request;
};

RequestReader::RequestReader() : parser_(std::make_unique<Parser>()) {}
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;

std::size_t RequestReader::feed(ByteView bytes) {
  const bool before = complete();
  const std::size_t taken = parser_->head.feed(bytes);
  if (!before && complete()) {
    const HttpHead& head = parser_->head.head();
    parser_->request = {head.method, head.target, head.headers, head.version};
  }
  return taken;
}

bool RequestReader::complete() const { return parser_->head.complete(); }
const std::string& RequestReader::problem() const { return parser_->head.problem(); }
const Request& RequestReader::request() const { return parser_->request; }

}  // namespace halfopen::ws
