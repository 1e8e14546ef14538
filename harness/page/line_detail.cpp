#include "page/line_detail.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "trace/frame_bytes.h"

namespace halfopen::page {
namespace {

using Json = nlohmann::ordered_json;
using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t most_text = 1000;
constexpr std::size_t most_in_line = 60;  ///< Of a text that the line itself quotes.
constexpr std::size_t most_headers = 40;

std::string safe(std::string_view text, std::size_t most = most_text) {
  return printable(as_bytes(text), most);
}

Json of_text(std::string_view text, std::size_t in_line) {
  return text.size() > in_line ? Json{{"text", safe(text)}} : Json(nullptr);
}

Json of_headers(const Headers& headers) {
  if (headers.empty()) return nullptr;
  Json list = Json::array();
  for (const auto& [name, value] : headers) {
    if (list.size() == most_headers) break;
    list.push_back({safe(name, 100), safe(value, 300)});
  }
  Json detail{{"headers", std::move(list)}};
  if (headers.size() > most_headers) detail["more"] = headers.size() - most_headers;
  return detail;
}

struct Detail {
  Json operator()(const trace::Frame& frame) const {
    Json detail{{"of", trace::word(frame.from)},
                {"op", trace::word(frame.opcode)},
                {"number", static_cast<int>(frame.opcode)}};
    const auto unless_default = [&](const char* name, const Json& value) {
      if (value != Json(0) && value != Json(false) && value != Json("")) detail[name] = value;
    };
    unless_default("fin", frame.fin);
    unless_default("rsv", frame.reserved + (frame.compressed ? 4 : 0));
    unless_default("masked", frame.masked);
    unless_default("length", frame.length);
    unless_default("code", frame.code);
    unless_default("text", safe(frame.text));
    unless_default("hex", trace::payload_hex(frame));
    return detail;
  }
  Json operator()(const trace::Request& request) const { return of_headers(request.headers); }
  Json operator()(const trace::ProxyAsked& asked) const { return of_headers(asked.headers); }
  Json operator()(const trace::ClientEvent& event) const {
    return of_text(event.json.empty() ? event.text : event.json, most_in_line);
  }
  Json operator()(const trace::ClientLog& log) const { return of_text(log.text, 2 * most_in_line); }
  template <class Other>
  Json operator()(const Other&) const {
    return nullptr;
  }
};

}  // namespace

Json detail_of(const trace::Body& body) { return std::visit(Detail{}, body); }

}  // namespace halfopen::page
