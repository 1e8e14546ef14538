// How an event is described: what it is called in a trace, and which members it has, in the order
// of writing. Writing, reading and tidying follow that. The description stands beside the event.
#pragma once

#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

namespace halfopen::trace {

template <class T, class M>
struct Member {
  std::string_view name;
  M T::*pointer;
};

template <class T, class M>
constexpr Member<T, M> member(std::string_view name, M T::*pointer) {
  return {name, pointer};
}

/// For every event type: `name`, and `members` as a tuple of Member.
template <class T>
struct Described;

/// Calls `visit(member)` for every member of T.
template <class T, class Visit>
void for_each_member(Visit&& visit) {
  std::apply([&](const auto&... each) { (visit(each), ...); }, Described<T>::members);
}

/// The events of one file, and all those of several files in one variant.
template <class... T>
struct Events {};

template <class... Lists>
struct Joined;
template <class... T>
struct Joined<Events<T...>> {
  using Variant = std::variant<T...>;
};
template <class... A, class... B, class... More>
struct Joined<Events<A...>, Events<B...>, More...> : Joined<Events<A..., B...>, More...> {};

}  // namespace halfopen::trace

// NOLINTBEGIN(bugprone-macro-parentheses): a type and a member have no parentheses
#define HALFOPEN_EVENT(type, kebab, ...)                     \
  template <>                                                \
  struct Described<type> {                                   \
    using Type = type;                                       \
    static constexpr std::string_view name = kebab;          \
    static constexpr auto members = std::tuple{__VA_ARGS__}; \
  };
#define HALFOPEN_M(field) member(#field, &Type::field)
// NOLINTEND(bugprone-macro-parentheses)
