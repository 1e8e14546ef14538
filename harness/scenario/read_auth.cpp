// `auth = …` of a handshake: the token without which nobody gets in.
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr int first_refusal = 400;
constexpr int last_refusal = 599;

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
                                    Auth::Where::subprotocol};
  const as_word word{{"header", "query", "subprotocol"}, "place of a token"};
  if (const auto where = table.read("where", word)) auth.where = wheres[*where];
  if (auth.where == Auth::Where::query) auth.name = "token";
  table.into(auth.name, "name", as_text);
  if (auth.where == Auth::Where::subprotocol)
    table.refuse({"name"},
                 "means nothing here: a subprotocol is the token itself, or ends with it");
  table.into(auth.status, "status", as_whole{first_refusal, last_refusal});
  return auth;
}

}  // namespace halfopen::scenario
