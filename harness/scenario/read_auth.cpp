// `auth = …` of a handshake: the token without which nobody gets in.
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr int first_refusal = 400;
constexpr int last_refusal = 599;
constexpr int first_code = 1000;
constexpr int last_code = 4999;

}  // namespace

std::optional<Auth> as_auth(const Node& node, const KeySite& at) {
  Auth auth;
  auth.name = "Authorization";
  if (const auto* token = node.get<std::string>()) {
    auth.token = *token;
    return auth;
  }
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) return at.wrong_type(node);
  const TableReader table(*keys, node.place, sections::auth, at.problems);
  if (!table.has("token")) return at.problem(node, "give the `token`, like { token = \"T2\" }");
  table.into(auth.token, "token", as_text);
  constexpr Auth::Where wheres[] = {Auth::Where::header, Auth::Where::query,
                                    Auth::Where::subprotocol, Auth::Where::message};
  const as_word word{{"header", "query", "subprotocol", "message"}, "place of a token"};
  if (const auto where = table.read("where", word)) auth.where = wheres[*where];
  if (auth.where != Auth::Where::header) auth.name = "token";
  table.into(auth.name, "name", as_text);
  if (auth.where == Auth::Where::subprotocol)
    table.refuse({"name"},
                 "means nothing here: a subprotocol is the token itself, or ends with it");
  table.into(auth.status, "status", as_whole{first_refusal, last_refusal});
  table.into(auth.code, "code", as_whole{first_code, last_code});
  table.into(auth.within, "within", as_duration);
  if (auth.where == Auth::Where::message)
    table.refuse({"status"}, "means nothing here: the connection opens, and is closed with `code`");
  else
    table.refuse({"code", "within"}, "belongs to where = \"message\": here the request is refused");
  return auth;
}

}  // namespace halfopen::scenario
